#include "agent/requests/bot_rule.h"

#include <re2/re2.h>

#include "agent/requests/hash.h"

namespace wayside {
namespace {

// Parts of names, in small letters. "bot" leaves the phones of Cubot alone; whatever people write
// scripts with (curl, python-requests) is a client like any other.
constexpr const char* kTokens =
    "(?i)(?:^|[^u])bot|crawl|spider|slurp|archiver|archive\\.org|mediapartners-google|"
    "google-(?:inspectiontool|read-aloud|site-verification)|feedfetcher|facebookexternalhit|"
    "facebookcatalog|meta-external|bingpreview|embedly|quora link preview|slack-imgproxy|whatsapp/|"
    "skypeuripreview|flipboardproxy|bytedance|perplexity-user|claude-user|chatgpt-user|ahrefs|"
    "semrush|screaming frog|lighthouse|gtmetrix|pingdom|statuscake|site24x7|newrelicpinger|"
    "datadog|checkly|better ?uptime|better stack|hetrixtools|freshping|updown\\.io|catchpoint|"
    "kube-probe|elb-healthchecker|googlehc|googlestackdrivermonitoring|"
    "amazon-route53-health-check|azure traffic manager|envoy/hc|haproxy/|consul health check|"
    "prometheus/|blackbox|nagios|check_http|icinga|zabbix|zgrab|masscan|"
    "nmap scripting|nuclei|sqlmap|nikto|censysinspect|expanse|l9explore|netcraft|wpscan|acunetix";

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_encoding(RE2::Options::EncodingLatin1);  // agents are bytes
  return options;
}

}  // namespace

BotRule::BotRule(std::uint64_t seed)
    : seed_(seed), tokens_(std::make_unique<RE2>(kTokens, quiet())), seen_(kRemembered) {}

BotRule::~BotRule() = default;

bool BotRule::matches(std::string_view user_agent) {
  if (user_agent.empty()) return false;
  const std::string_view agent = user_agent.substr(0, kMaxAgent);
  const std::uint64_t hash = hash_text(agent, seed_) | 1;
  Seen& seen = seen_[(hash >> 1) & (kRemembered - 1)];
  if (seen.hash != hash) seen = {hash, RE2::PartialMatch(agent, *tokens_)};
  return seen.bot;
}

}  // namespace wayside
