#include "collectors/processes/sockets/netlink_message.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/unix_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <string>

#include "collectors/processes/sockets/sock_diag_reply.h"

namespace wayside {
namespace {

// Bytes as the kernel lays them out on this machine.
class Bytes {
 public:
  template <typename Struct>
  Bytes& put(const Struct& value) {
    text_.append(reinterpret_cast<const char*>(&value), sizeof(value));
    return *this;
  }
  Bytes& text(std::string_view more) {
    text_ += more;
    return *this;
  }
  [[nodiscard]] ByteView view(std::size_t most = std::string::npos) const {
    return std::as_bytes(std::span(text_.data(), std::min(most, text_.size())));
  }

 private:
  std::string text_;
};

nlmsghdr message_header(std::uint32_t length, std::uint16_t type) {
  return {length, type, 0, 7, 0};
}

TEST(NetlinkMessage, IsTakenOffWithItsPadding) {
  Bytes bytes;
  bytes.put(message_header(18, 20)).text("ab").text("__").put(message_header(16, 3));
  ByteView rest = bytes.view();
  const auto first = next_message(rest);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->type, 20);
  EXPECT_EQ(first->sequence, 7U);
  EXPECT_EQ(first->payload.size(), 2U);
  const auto second = next_message(rest);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->type, 3);
  EXPECT_TRUE(second->payload.empty());
  EXPECT_FALSE(next_message(rest));
  EXPECT_TRUE(rest.empty());
}

TEST(NetlinkMessage, ThatIsNotWholeIsNone) {
  for (const std::uint32_t length : {0U, 1U, 15U, 17U, 0x7fffffffU, 0xffffffffU}) {
    Bytes bytes;
    bytes.put(message_header(length, 20));
    ByteView rest = bytes.view();
    EXPECT_FALSE(next_message(rest)) << length;
    EXPECT_EQ(rest.size(), 16U);
  }
  Bytes bytes;
  bytes.put(message_header(16, 20));
  for (std::size_t size = 0; size < 16; ++size) {
    ByteView rest = bytes.view(size);
    EXPECT_FALSE(next_message(rest)) << size;
  }
}

TEST(NetlinkAttribute, OfAWrongLengthIsNone) {
  for (const int length : {0, 3, 9, 0xffff}) {
    Bytes bytes;
    bytes.put(nlattr{static_cast<std::uint16_t>(length), 1}).text("abcd");
    ByteView rest = bytes.view();
    EXPECT_FALSE(next_attribute(rest)) << length;
  }
}

inet_diag_msg tcp_message(std::uint8_t family, std::uint8_t state) {
  inet_diag_msg message{};
  message.idiag_family = family;
  message.idiag_state = state;
  message.id.idiag_sport = htons(8080);
  message.idiag_rqueue = 3;
  message.idiag_wqueue = 128;
  message.idiag_inode = 4711;
  return message;
}

TEST(InetSocket, IsReadWithItsAddressAndQueues) {
  inet_diag_msg message = tcp_message(AF_INET, TCP_LISTEN);
  message.id.idiag_src[0] = htonl(0x7f000001);
  const auto socket = parse_inet_socket(Bytes().put(message).view());
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket->state, TCP_LISTEN);
  EXPECT_EQ(socket->local.text(), "127.0.0.1:8080");
  EXPECT_FALSE(socket->local.any());
  EXPECT_EQ(socket->receive_queue, 3U);
  EXPECT_EQ(socket->send_queue, 128U);
  EXPECT_EQ(socket->inode, 4711U);
}

TEST(InetSocket, OfAMappedAddressIsThatOfIPv4) {
  inet_diag_msg mapped = tcp_message(AF_INET6, TCP_ESTABLISHED);
  mapped.id.idiag_src[2] = htonl(0xffff);
  mapped.id.idiag_src[3] = htonl(0x7f000001);
  inet_diag_msg plain = tcp_message(AF_INET, TCP_ESTABLISHED);
  plain.id.idiag_src[0] = htonl(0x7f000001);
  EXPECT_EQ(parse_inet_socket(Bytes().put(mapped).view())->local,
            parse_inet_socket(Bytes().put(plain).view())->local);
}

TEST(InetSocket, KnowsAnyAddressOfBothFamilies) {
  const auto any = parse_inet_socket(Bytes().put(tcp_message(AF_INET, TCP_LISTEN)).view());
  EXPECT_TRUE(any->local.any());
  EXPECT_EQ(any->local.text(), "0.0.0.0:8080");
  const auto any6 = parse_inet_socket(Bytes().put(tcp_message(AF_INET6, TCP_LISTEN)).view());
  EXPECT_TRUE(any6->local.any());
  EXPECT_EQ(any6->local.text(), "[::]:8080");
}

TEST(InetSocket, ThatIsCutOrOfAnotherFamilyIsNone) {
  Bytes bytes;
  bytes.put(tcp_message(AF_INET, TCP_LISTEN));
  for (std::size_t size = 0; size < sizeof(inet_diag_msg); ++size) {
    EXPECT_FALSE(parse_inet_socket(bytes.view(size))) << size;
  }
  EXPECT_FALSE(parse_inet_socket(Bytes().put(tcp_message(AF_UNIX, TCP_LISTEN)).view()));
}

Bytes unix_message(std::string_view name) {
  Bytes bytes;
  bytes.put(unix_diag_msg{AF_UNIX, SOCK_STREAM, TCP_LISTEN, 0, 4712, {0, 0}});
  bytes.put(nlattr{static_cast<std::uint16_t>(4 + name.size()), UNIX_DIAG_NAME}).text(name);
  bytes.text(std::string((4 - name.size() % 4) % 4, '\0'));
  return bytes;
}

TEST(UnixSocket, IsReadWithItsNameAndQueues) {
  Bytes bytes = unix_message(std::string_view("/run/app.sock\0", 14));
  bytes.put(nlattr{12, UNIX_DIAG_RQLEN}).put(unix_diag_rqlen{5, 511});
  const auto socket = parse_unix_socket(bytes.view());
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket->text(), "unix:/run/app.sock");
  EXPECT_EQ(socket->inode, 4712U);
  EXPECT_EQ(socket->receive_queue, 5U);
  EXPECT_EQ(socket->send_queue, 511U);
}

TEST(UnixSocket, WithAnAbstractNameShowsItWithAnAt) {
  EXPECT_EQ(parse_unix_socket(unix_message(std::string_view("\0app", 4)).view())->text(),
            "unix:@app");
}

TEST(UnixSocket, IsShownAsValidText) {
  EXPECT_EQ(parse_unix_socket(unix_message("/a\xff").view())->text(), "unix:/a\xEF\xBF\xBD");
}

TEST(UnixSocket, WithoutQueuesHasNone) {
  Bytes cut = unix_message("/a");
  cut.put(nlattr{8, UNIX_DIAG_RQLEN}).text("1234");
  EXPECT_FALSE(parse_unix_socket(cut.view())->receive_queue);
  EXPECT_FALSE(parse_unix_socket(unix_message("/a").view())->receive_queue);
  EXPECT_FALSE(parse_unix_socket(unix_message("/a").view(15)));
}

}  // namespace
}  // namespace wayside
