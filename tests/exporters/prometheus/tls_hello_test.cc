#include "exporters/prometheus/http/tls_hello.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

std::string bytes(std::initializer_list<int> list) {
  std::string out;
  for (const int byte : list) out += static_cast<char>(byte);
  return out;
}

TEST(TlsHello, TellsAClientHelloFromWhatIsNone) {
  const std::pair<std::string, Hello> cases[] = {
      {"", Hello::more},
      {bytes({0x16}), Hello::more},
      {bytes({0x16, 3, 1, 2, 0, 1, 0, 1}), Hello::more},
      {bytes({0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc}), Hello::client},
      {bytes({0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 9}), Hello::client},
      {bytes({0x16, 3, 3, 0x40, 0, 1, 0, 0x40, 0}), Hello::client},
      {bytes({0x16, 3, 3, 0, 4, 1, 0, 0, 0}), Hello::client},
      {bytes({0x16, 3, 3, 0x40, 0, 1, 0, 0x40, 1}), Hello::oversize},
      {bytes({0x16, 3, 3, 0xff, 0xff, 1, 0xff, 0xff, 0xff}), Hello::oversize},
      {bytes({0x16, 3, 3, 0, 3, 1, 0, 0, 0}), Hello::oversize},  // its length in the next record
      {"GET / HTTP/1.1", Hello::not_tls},
      {"\r\n", Hello::not_tls},
      {bytes({0x80, 0x2e, 1, 3, 1}), Hello::not_tls},  // SSL 2
      {bytes({0x16, 2}), Hello::not_tls},
      {bytes({0x17, 3, 3}), Hello::not_tls},                       // data before hands were shaken
      {bytes({0x16, 3, 1, 2, 0, 2, 0, 1, 0xfc}), Hello::not_tls},  // a ServerHello
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(look_at_hello(text), expected) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace wayside
