#include "agent/requests/upstreams.h"

#include <gtest/gtest.h>

#include <vector>

namespace wayside {
namespace {

TEST(Upstreams, AddressesAreSplitAsOpenTelemetrySplitsThem) {
  struct Row {
    std::string_view text, address, port;
  };
  for (const Row& row : std::vector<Row>{{"10.0.0.1:8080", "10.0.0.1", "8080"},
                                         {"[::1]:80", "::1", "80"},
                                         {"[::1]", "::1", ""},
                                         {"2001:db8::1", "2001:db8::1", ""},
                                         {"unix:/run/app.sock", "/run/app.sock", ""},
                                         {"unix:/run/app.sock:", "/run/app.sock", ""},
                                         {"backend", "backend", ""},
                                         {"app.internal:3000", "app.internal", "3000"},
                                         {"[", "[", ""},
                                         {":", "", ""},
                                         {"", "", ""}}) {
    EXPECT_EQ(split_upstream(row.text).address, row.address) << row.text;
    EXPECT_EQ(split_upstream(row.text).port, row.port) << row.text;
  }
}

}  // namespace
}  // namespace wayside
