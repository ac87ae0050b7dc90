#include "collectors/access_log/format/json_pending.h"

#include "agent/requests/hash.h"

namespace wayside {

std::size_t JsonPending::place_of(std::string_view process, std::string_view id) {
  return hash_text(id, hash_text(process, 0)) % kPlaces;
}

void JsonPending::note(std::string_view process, std::string_view id, const Begun& begun) {
  const std::array<std::string_view, 5> texts = {process, id, begun.path, begun.host, begun.client};
  std::size_t size = 0;
  for (const std::string_view text : texts) size += text.size();
  if (size > kRoom) return;
  if (!places_) places_ = std::make_unique<Place[]>(kPlaces);
  Place& place = places_[place_of(process, id)];
  place.taken = true;
  place.method = begun.method;
  char* to = place.texts.data();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    place.sizes[i] = static_cast<std::uint16_t>(texts[i].size());
    to += texts[i].copy(to, texts[i].size());
  }
}

std::optional<JsonPending::Begun> JsonPending::take(std::string_view process, std::string_view id) {
  if (!places_) return std::nullopt;
  Place& place = places_[place_of(process, id)];
  if (!place.taken) return std::nullopt;
  std::array<std::string_view, 5> texts;
  const char* from = place.texts.data();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    texts[i] = {from, place.sizes[i]};
    from += place.sizes[i];
  }
  if (texts[0] != process || texts[1] != id) return std::nullopt;
  place.taken = false;
  return Begun{.path = texts[2], .host = texts[3], .client = texts[4], .method = place.method};
}

}  // namespace wayside
