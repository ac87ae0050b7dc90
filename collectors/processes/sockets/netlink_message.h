#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>

namespace wayside {

using ByteView = std::span<const std::byte>;

// One message of a netlink reply (netlink(7)). The payload points into the reply.
struct NetlinkMessage {
  std::uint16_t type = 0;
  std::uint16_t flags = 0;
  std::uint32_t sequence = 0;
  ByteView payload;
};

// Takes the first message, with its padding, off `bytes`. Nothing at the end, and where the rest
// is no whole message: then nothing of it can be trusted, and `bytes` is left as it is.
std::optional<NetlinkMessage> next_message(ByteView& bytes);

// One attribute in a message's payload (struct nlattr), without the flags in its type.
struct NetlinkAttribute {
  std::uint16_t type = 0;
  ByteView payload;
};

// The same for attributes.
std::optional<NetlinkAttribute> next_attribute(ByteView& bytes);

// The front of `bytes` as one of the kernel's structures; nothing where there is not as much.
template <typename Struct>
std::optional<Struct> read_struct(ByteView bytes) {
  static_assert(std::is_trivially_copyable_v<Struct>);
  if (bytes.size() < sizeof(Struct)) return std::nullopt;
  Struct value;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

}  // namespace wayside
