#pragma once

#include <google/protobuf/io/coded_stream.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "metrics.pb.h"

namespace wayside {

// The families of a delimited page as Google's protobuf reads them, with nothing left over. Nothing
// where it is no such page.
inline std::optional<std::vector<io::prometheus::client::MetricFamily>> read_protobuf_page(
    std::string_view page) {
  std::vector<io::prometheus::client::MetricFamily> families;
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const std::uint8_t*>(page.data()),
                                            static_cast<int>(page.size()));
  while (in.CurrentPosition() < static_cast<int>(page.size())) {
    std::uint32_t size = 0;
    if (!in.ReadVarint32(&size)) return std::nullopt;
    const auto limit = in.PushLimit(static_cast<int>(size));
    auto& family = families.emplace_back();
    if (!family.ParseFromCodedStream(&in) || in.BytesUntilLimit() != 0) return std::nullopt;
    in.PopLimit(limit);
  }
  return families;
}

}  // namespace wayside
