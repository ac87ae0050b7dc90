#include "agent/store/proto_text.h"

#include <array>

#include "agent/core/proto_time.h"
#include "agent/store/label_text.h"

namespace wayside {
namespace {

constexpr unsigned kLabel = 1;  // of a Metric
constexpr unsigned kName = 1, kValue = 2;
constexpr unsigned kGauge = 2, kCounter = 3, kUntyped = 5;
constexpr unsigned kNumber = 1, kCreated = 3;  // of a Counter; the others have the number alone

unsigned field_of(Kind kind) {
  if (kind == Kind::counter) return kCounter;
  return kind == Kind::gauge ? kGauge : kUntyped;
}

// How long a value is without its escapes, and the value itself.
std::size_t plain_size(std::string_view escaped) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < escaped.size(); ++i, ++size) {
    if (escaped[i] == '\\') ++i;
  }
  return size;
}

void append_plain(std::string& out, std::string_view escaped) {
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    const bool escape = escaped[i] == '\\' && i + 1 < escaped.size();
    const char c = escaped[escape ? ++i : i];
    out += escape && c == 'n' ? '\n' : c;
  }
}

void append_length(std::string& out, unsigned field, std::size_t size) {
  std::array<char, 1 + kMaxVarint + kSlack> bytes;
  char* const end = write_length(bytes.data(), field, size);
  out.append(bytes.data(), end);
}

}  // namespace

void append_label_pairs(std::string& out, std::string_view labels) {
  for (const auto& [name, text] : split_labels(labels)) {
    const std::string_view value = text.substr(name.size() + 2, text.size() - name.size() - 3);
    const std::size_t size = plain_size(value);
    append_length(out, kLabel,
                  2 + varint_size(name.size()) + name.size() + varint_size(size) + size);
    append_length(out, kName, name.size());
    out += name;
    append_length(out, kValue, size);
    append_plain(out, value);
  }
}

void append_metric_start(std::string& out, Kind kind, std::string_view labels, WallTime created) {
  append_label_pairs(out, labels);
  if (kind == Kind::histogram) return;
  std::string time;
  if (kind == Kind::counter) append_time(time, created);
  append_length(out, field_of(kind), message_size(time) + kDoubleField);
  if (!time.empty()) {
    append_length(out, kCreated, time.size());
    out += time;
  }
  out += proto_tag(kNumber, WireType::fixed64);
}

void append_time(std::string& out, WallTime time) {
  std::array<char, kMaxTime + kSlack> bytes;
  char* const end = write_time(bytes.data(), time);
  out.append(bytes.data(), end);
}

}  // namespace wayside
