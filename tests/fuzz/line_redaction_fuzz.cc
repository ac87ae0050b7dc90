// Lines that could not be read, on their way to a log or a page: always short valid text, and a
// secret behind a key that names it is never shown, whatever stands around them.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "agent/core/labels.h"
#include "agent/requests/client_text.h"
#include "agent/requests/redaction.h"

namespace {

constexpr std::string_view kSecret = "hunter2hunter2";

void require(bool holds) {
  if (!holds) std::abort();
}

wayside::Redaction redaction(bool anonymize) {
  wayside::RequestRules rules;
  rules.anonymize_who = anonymize;
  return std::move(wayside::Redaction::create(rules).value());
}

std::string shown(const std::string& line, bool anonymize) {
  static const wayside::Redaction plain = redaction(false);
  static const wayside::Redaction anonymous = redaction(true);
  const std::string text = (anonymize ? anonymous : plain).show_line(line);
  require(text.size() <= wayside::kMaxShownLine && wayside::is_utf8(text));
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  (void)shown(input, false);
  (void)shown(input, true);
  if (input.find("hunter2") == std::string::npos) {
    for (const std::string_view before :
         {" password=", " \"token\": \"", "\nAuthorization: ", "://u:"}) {
      const std::string planted = input + std::string(before) + std::string(kSecret) + "@h";
      require(shown(planted, false).find(kSecret) == std::string::npos);
    }
  }
  wayside::NetworkText scratch;
  const std::string_view network = wayside::network_of(input, scratch);
  require(network.size() <= std::max(input.size(), scratch.size()));
  require(wayside::is_utf8(wayside::shown_who(input, 1)));
  return 0;
}
