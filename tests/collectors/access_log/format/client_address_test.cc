#include "collectors/access_log/format/client_address.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

TEST(ClientAddress, KnowsPrivateNetworks) {
  for (const std::string_view text :
       {"10.1.2.3", "127.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.1.1",
        "100.64.0.1", "::1", "fd00::1", "fc00::1", "fe80::1", "FE80::1", "::ffff:10.0.0.1",
        "unix:"}) {
    EXPECT_TRUE(is_private_address(text)) << text;
  }
  for (const std::string_view text :
       {"", "-", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.1.1", "100.63.0.1", "100.128.0.1",
        "2001:db8::1", "::ffff:8.8.8.8", "::", "f", "host.name", "1000.1.1.1"}) {
    EXPECT_FALSE(is_private_address(text)) << text;
  }
}

TEST(ClientAddress, KnowsAddressesByTheirLooks) {
  for (const std::string_view text : {"1.2.3.4", "::1", "2001:db8::1", "::ffff:1.2.3.4"}) {
    EXPECT_TRUE(looks_like_address(text)) << text;
  }
  for (const std::string_view text : {"", "-", "1.2.3", "1.2.3.4:80", "abc", "a.b.c.d", "host"}) {
    EXPECT_FALSE(looks_like_address(text)) << text;
  }
}

struct ClientCase {
  std::string_view peer, forwarded, client;
};

TEST(ClientAddress, BelievesForwardedAddressesOfPrivatePeersOnly) {
  for (const ClientCase& c : {
           ClientCase{"203.0.113.1", "198.51.100.1", "203.0.113.1"},
           ClientCase{"10.0.0.1", "198.51.100.1", "198.51.100.1"},
           ClientCase{"10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.9", "198.51.100.1"},
           ClientCase{"10.0.0.1", "10.0.0.7, 10.0.0.8", "10.0.0.7"},
           ClientCase{"10.0.0.1", "1.1.1.1, evil, 10.0.0.8", "10.0.0.8"},
           ClientCase{"10.0.0.1", "unknown", "10.0.0.1"},
           ClientCase{"10.0.0.1", "", "10.0.0.1"},
           ClientCase{"", "198.51.100.1", "198.51.100.1"},
           ClientCase{"", ",,,", ""},
       }) {
    EXPECT_EQ(original_client(c.peer, c.forwarded), c.client) << c.peer << " " << c.forwarded;
  }
}

}  // namespace
}  // namespace wayside
