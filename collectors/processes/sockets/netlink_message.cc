#include "collectors/processes/sockets/netlink_message.h"

#include <linux/netlink.h>

#include <algorithm>

namespace wayside {
namespace {

constexpr std::size_t kAlign = 4;  // NLMSG_ALIGNTO and NLA_ALIGNTO

// The body of `length` bytes in all, after a header; takes it with its padding off `bytes`. The
// last one may lack its padding.
ByteView take(ByteView& bytes, std::size_t header, std::size_t length) {
  const ByteView body = bytes.subspan(header, length - header);
  const std::size_t padded = (length + kAlign - 1) / kAlign * kAlign;
  bytes = bytes.subspan(std::min(padded, bytes.size()));
  return body;
}

}  // namespace

std::optional<NetlinkMessage> next_message(ByteView& bytes) {
  const auto header = read_struct<nlmsghdr>(bytes);
  if (!header || header->nlmsg_len < sizeof(nlmsghdr) || header->nlmsg_len > bytes.size()) {
    return std::nullopt;
  }
  return NetlinkMessage{header->nlmsg_type, header->nlmsg_flags, header->nlmsg_seq,
                        take(bytes, sizeof(nlmsghdr), header->nlmsg_len)};
}

std::optional<NetlinkAttribute> next_attribute(ByteView& bytes) {
  const auto header = read_struct<nlattr>(bytes);
  if (!header || header->nla_len < sizeof(nlattr) || header->nla_len > bytes.size()) {
    return std::nullopt;
  }
  return NetlinkAttribute{static_cast<std::uint16_t>(header->nla_type & NLA_TYPE_MASK),
                          take(bytes, sizeof(nlattr), header->nla_len)};
}

}  // namespace wayside
