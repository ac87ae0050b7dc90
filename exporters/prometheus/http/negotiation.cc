#include "exporters/prometheus/http/negotiation.h"

#include <optional>

#include "exporters/prometheus/http/header_text.h"

namespace wayside {
namespace {

// Takes what stands in front of `separator` off `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return trim(part);
}

// "0.75" in thousandths; nothing where it is no qvalue.
std::optional<int> quality_of(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int value = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int weight = 100;
  for (std::size_t i = 2; i < text.size(); ++i, weight /= 10) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value += (text[i] - '0') * weight;
  }
  return value > 1000 ? std::nullopt : std::optional(value);
}

// One element of a list with qualities: its value, and what parameters say of it.
struct Offer {
  std::string_view value;
  std::string_view version;
  std::string_view proto;
  std::string_view encoding;
  int quality = 1000;
};

std::optional<Offer> read_offer(std::string_view element) {
  Offer offer{.value = take(element, ';'), .version = {}, .proto = {}, .encoding = {}};
  while (!element.empty()) {
    std::string_view parameter = take(element, ';');
    const std::string_view name = take(parameter, '=');
    if (same_ignoring_case(name, "q")) {
      const auto quality = quality_of(trim(parameter));
      if (!quality) return std::nullopt;
      offer.quality = *quality;
    } else if (same_ignoring_case(name, "version")) {
      offer.version = trim(parameter);
    } else if (same_ignoring_case(name, "proto")) {
      offer.proto = trim(parameter);
    } else if (same_ignoring_case(name, "encoding")) {
      offer.encoding = trim(parameter);
    }
  }
  return offer;
}

// What an offer takes, if anything of ours.
std::optional<MetricsFormat> format_of(const Offer& offer) {
  if (same_ignoring_case(offer.value, "application/openmetrics-text")) {
    const bool known =
        offer.version.empty() || offer.version == "1.0.0" || offer.version == "0.0.1";
    return known ? std::optional(MetricsFormat::openmetrics) : std::nullopt;
  }
  if (same_ignoring_case(offer.value, "application/vnd.google.protobuf")) {
    const bool known = offer.proto == "io.prometheus.client.MetricFamily" &&
                       same_ignoring_case(offer.encoding, "delimited");
    return known ? std::optional(MetricsFormat::protobuf) : std::nullopt;
  }
  if (same_ignoring_case(offer.value, "text/plain")) {
    const bool known = offer.version.empty() || offer.version == "0.0.4";
    return known ? std::optional(MetricsFormat::text) : std::nullopt;
  }
  const bool any = offer.value == "*/*" || same_ignoring_case(offer.value, "text/*");
  return any ? std::optional(MetricsFormat::text) : std::nullopt;
}

}  // namespace

MetricsFormat choose_format(std::string_view accept) {
  MetricsFormat chosen = MetricsFormat::text;
  int best = 0;
  while (!accept.empty()) {
    const auto offer = read_offer(take(accept, ','));
    if (!offer || offer->quality == 0) continue;
    const auto format = format_of(*offer);
    // Of equal ones the richer.
    if (!format || offer->quality < best || (offer->quality == best && *format < chosen)) continue;
    best = offer->quality;
    chosen = *format;
  }
  return chosen;
}

bool takes_gzip(std::string_view accept_encoding) {
  int named = -1;
  int any = -1;
  while (!accept_encoding.empty()) {
    const auto offer = read_offer(take(accept_encoding, ','));
    if (!offer) continue;
    if (same_ignoring_case(offer->value, "gzip")) named = offer->quality;
    if (same_ignoring_case(offer->value, "x-gzip")) named = offer->quality;
    if (offer->value == "*") any = offer->quality;
  }
  return named >= 0 ? named > 0 : any > 0;
}

}  // namespace wayside
