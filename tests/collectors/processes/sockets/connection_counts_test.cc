#include "collectors/processes/sockets/connection_counts.h"

#include <gtest/gtest.h>
#include <netinet/tcp.h>

namespace wayside {
namespace {

SocketAddress of_ipv4(std::uint8_t first, std::uint16_t port = 80) {
  SocketAddress address;
  address.bytes[10] = address.bytes[11] = 0xff;
  address.bytes[12] = first;
  address.port = port;
  return address;
}

SocketAddress of_ipv6(std::uint8_t last, std::uint16_t port = 80) {
  SocketAddress address;
  address.bytes[15] = last;
  address.port = port;
  return address;
}

InetSocket connection(const SocketAddress& local) {
  InetSocket socket;
  socket.state = TCP_ESTABLISHED;
  socket.local = local;
  return socket;
}

std::uint64_t established(const ConnectionCounts& counts, std::size_t group) {
  const StateCounts* states = counts.of(group);
  return states == nullptr ? 0 : (*states)[TCP_ESTABLISHED];
}

// One service listens at 0.0.0.0, another at [::] of the same port, in either order.
TEST(ConnectionCounts, BelongToTheListenerOfTheirFamily) {
  for (const bool four_first : {true, false}) {
    ConnectionCounts counts;
    if (four_first) counts.listen(of_ipv4(0), 4);
    counts.listen(of_ipv6(0), 6);
    if (!four_first) counts.listen(of_ipv4(0), 4);
    counts.add(connection(of_ipv4(127)));
    counts.add(connection(of_ipv4(10)));
    counts.add(connection(of_ipv6(1)));
    EXPECT_EQ(established(counts, 4), 2U) << four_first;
    EXPECT_EQ(established(counts, 6), 1U) << four_first;
  }
}

TEST(ConnectionCounts, BelongToTheListenerOfTheVeryAddressFirst) {
  ConnectionCounts counts;
  counts.listen(of_ipv4(0), 1);
  counts.listen(of_ipv4(127), 2);
  counts.listen(of_ipv6(0), 3);
  counts.add(connection(of_ipv4(127)));
  counts.add(connection(of_ipv4(127, 81)));
  EXPECT_EQ(established(counts, 1), 0U);
  EXPECT_EQ(established(counts, 2), 1U);
  EXPECT_EQ(established(counts, 3), 0U);
}

TEST(ConnectionCounts, OfIPv4ComeToAListenerOfIPv6AndNotTheOtherWayRound) {
  ConnectionCounts six;
  six.listen(of_ipv6(0), 0);
  six.add(connection(of_ipv4(127)));
  EXPECT_EQ(established(six, 0), 1U);
  ConnectionCounts four;
  four.listen(of_ipv4(0), 0);
  four.add(connection(of_ipv6(1)));
  EXPECT_EQ(established(four, 0), 0U);
}

}  // namespace
}  // namespace wayside
