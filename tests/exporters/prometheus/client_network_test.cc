#include "exporters/prometheus/http/client_network.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

TEST(ClientNetwork, IsAnAddressOrTheNetworkOfOneCustomer) {
  EXPECT_EQ(client_network("192.0.2.1"), 0xffffffffc0000201U);
  EXPECT_NE(client_network("192.0.2.1"), client_network("192.0.2.2"));
  EXPECT_EQ(client_network("2001:db8:0:1::1"), 0x20010db800000001U);
  EXPECT_EQ(client_network("2001:db8:0:1:ffff::"), client_network("2001:db8:0:1::1"));
  EXPECT_NE(client_network("2001:db8:0:2::1"), client_network("2001:db8:0:1::1"));
  EXPECT_EQ(client_network(""), client_network("no address"));
}

}  // namespace
}  // namespace wayside
