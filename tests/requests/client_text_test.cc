#include "agent/requests/client_text.h"

#include <gtest/gtest.h>

#include "agent/core/labels.h"

namespace wayside {
namespace {

std::string network(std::string_view client) {
  NetworkText scratch;
  return std::string(network_of(client, scratch));
}

TEST(ClientTexts, AddressesBecomeTheirNetworks) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"192.0.2.77", "192.0.2.0/24"},
      {"192.0.2.77:51234", "192.0.2.0/24"},
      {"255.255.255.255", "255.255.255.0/24"},
      {"2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"},
      {"[2001:db8:1:2::3]:443", "2001:db8:1::/48"},
      {"fe80::1%eth0", "fe80::/48"},
      {"::1", "::/48"},
      {"::ffff:192.0.2.77", "192.0.2.0/24"},
      {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff::/48"},
  };
  for (const auto& [client, wanted] : cases) EXPECT_EQ(network(client), wanted) << client;
}

TEST(ClientTexts, WhatIsNoAddressStaysAsItIs) {
  for (const std::string_view text : {"", "-", "unix:", "tenant-7", "192.0.2", "192.0.2.256",
                                      "1.2.3.4.5", "[::1", "[]", ":", "a:b:c"}) {
    EXPECT_EQ(network(text), text);
  }
  const std::string with_nul("10.0.0.1\0", 9);
  EXPECT_EQ(network(with_nul), with_nul);
  EXPECT_EQ(network(std::string(70'000, '1')), std::string(70'000, '1'));
}

TEST(ClientTexts, KeysThatLookSecretOnlyTellThemselvesApart) {
  const std::string a = shown_who("da39a3ee5e6b4b0d3255bfef95601890afd80709", 1);
  const std::string b = shown_who("ca39a3ee5e6b4b0d3255bfef95601890afd80709", 1);
  EXPECT_TRUE(a.starts_with("[redacted "));
  EXPECT_NE(a, b);
  EXPECT_EQ(a, shown_who("da39a3ee5e6b4b0d3255bfef95601890afd80709", 1));
  EXPECT_NE(a, shown_who("da39a3ee5e6b4b0d3255bfef95601890afd80709", 2));
  EXPECT_EQ(shown_who("tenant-7", 1), "tenant-7");
  EXPECT_EQ(shown_who("192.0.2.7", 1), "192.0.2.7");
  EXPECT_TRUE(is_utf8(shown_who("\xff\xfe" + std::string(500, '\xc3'), 1)));
}

}  // namespace
}  // namespace wayside
