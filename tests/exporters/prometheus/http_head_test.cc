#include <gtest/gtest.h>

#include <tuple>

#include "exporters/prometheus/http/head.h"

namespace wayside {
namespace {

using Body = RequestHead::Body;

// The refusal's status, or 0.
int parse(const std::string& text, RequestHead& head) {
  return parse_head(text, HttpLimits{}, head).value_or(0);
}

std::string with_fields(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}

TEST(RequestHead, IsReadWhole) {
  RequestHead head;
  ASSERT_EQ(parse("POST /a/b?c=d HTTP/1.1\r\nhOsT: x:1\r\nContent-Length: 12\r\n\r\n", head), 0);
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.target, "/a/b?c=d");
  EXPECT_EQ(head.minor, 1);
  EXPECT_EQ(head.body, Body::sized);
  EXPECT_EQ(head.content_length, 12U);
  EXPECT_EQ(head.canonical(), "POST /a/b?c=d HTTP/1.1\r\nContent-Length: 12\r\n\r\n");
}

TEST(RequestHead, AbsoluteFormBecomesOriginForm) {
  const std::pair<std::string, std::string> cases[] = {
      {"http://host/metrics?x", "/metrics?x"}, {"http://host", "/"}, {"http://host?x", "/"}};
  for (const auto& [given, expected] : cases) {
    RequestHead head;
    ASSERT_EQ(parse("GET " + given + " HTTP/1.1\r\nHost: x\r\n\r\n", head), 0);
    EXPECT_EQ(head.target, expected);
  }
}

TEST(RequestHead, RequestLinesAreStrict) {
  const std::pair<std::string, int> cases[] = {
      {"GET / HTTP/1.0", 0},
      {"GET * HTTP/1.0", 0},
      {"GET /", 400},
      {"GET  / HTTP/1.0", 400},
      {"GET / HTTP/1.0 ", 400},
      {" GET / HTTP/1.0", 400},
      {"GET /a b HTTP/1.0", 400},
      {"GET metrics HTTP/1.0", 400},
      {"GET ftp://x/ HTTP/1.0", 400},
      {"GET /\xc3\xa9 HTTP/1.0", 400},
      {"G(T / HTTP/1.0", 400},
      {"get / HTTP/1.0", 501},
      {"BREW / HTTP/1.0", 501},
      {std::string(40, 'G') + " / HTTP/1.0", 400},
      {"GET / HTTP/2.0", 505},
      {"GET / HTTP/1.2", 505},
      {"GET / HTTP/11", 505},
      {"GET / http/1.0", 400},
      {"GET / ICY", 400},
      {"GET /" + std::string(4095, 'a') + " HTTP/1.0", 0},
      {"GET /" + std::string(4096, 'a') + " HTTP/1.0", 414},
      {"", 400},
  };
  for (const auto& [line, status] : cases) {
    RequestHead head;
    EXPECT_EQ(parse(line + "\r\n\r\n", head), status) << line;
  }
}

TEST(RequestHead, AmbiguousFramingIsRefused) {
  const std::pair<std::string, int> cases[] = {
      {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400},
      {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400},
      {"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", 400},
      {"Content-Length: 5\r\nContent-Length: 5\r\n", 400},
      {"Content-Length: 0\r\ncontent-length: 5\r\n", 400},
      {"Content-Length: 5, 5\r\n", 400},
      {"Content-Length: +5\r\n", 400},
      {"Content-Length: -5\r\n", 400},
      {"Content-Length: 0x5\r\n", 400},
      {"Content-Length:\r\n", 400},
      {"Content-Length: 5 5\r\n", 400},
      {"Content-Length: 65536\r\n", 0},
      {"Content-Length: 65537\r\n", 413},
      {"Content-Length: 99999999999999999999999999\r\n", 413},
      {"Content-Length : 5\r\n", 400},
      {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400},
      {"Transfer-Encoding: chunked, identity\r\n", 501},
      {"Transfer-Encoding: gzip, chunked\r\n", 501},
      {"Transfer-Encoding: xchunked\r\n", 501},
      {"Transfer-Encoding: \tChunked \r\n", 0},
      {"Transfer-Encoding : chunked\r\n", 400},
      {" Transfer-Encoding: chunked\r\n", 400},
      {"A: b\r\n folded\r\n", 400},
      {"A: b\r\n\tfolded\r\n", 400},
      {"A: b\nTransfer-Encoding: chunked\r\n", 400},
      {"A: b\rTransfer-Encoding: chunked\r\n", 400},
      {"NoColon\r\n", 400},
      {": empty\r\n", 400},
      {"Sp ace: x\r\n", 400},
      {"Host: again\r\n", 400},
      {"A: \xff\xfe any bytes\r\n", 0},
  };
  for (const auto& [fields, status] : cases) {
    RequestHead head;
    EXPECT_EQ(parse(with_fields(fields), head), status) << fields;
  }
}

TEST(RequestHead, Http10HasNoChunksAndNeedsNoHost) {
  RequestHead head;
  EXPECT_EQ(parse("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", head), 400);
  EXPECT_EQ(parse("GET / HTTP/1.1\r\n\r\n", head), 400);
  RequestHead plain;
  EXPECT_EQ(parse("GET / HTTP/1.0\r\n\r\n", plain), 0);
}

TEST(RequestHead, APageOfAnotherHostOrPortIsAnotherSite) {
  const std::tuple<std::string, std::string, bool> cases[] = {
      {"x:9100", "", false},
      {"x:9100", "Origin: http://x:9100\r\n", false},
      {"X:9100", "oRIGIN: HTTPS://x:9100\r\n", false},
      {"x", "Origin: http://x:80\r\n", false},
      {"x:443", "Origin: https://x\r\n", false},
      {"[::1]:9100", "Origin: http://[::1]:9100\r\n", false},
      {"x:9100", "Origin: http://x:9100\r\nSec-Fetch-Site: same-origin\r\n", false},
      {"x:9100", "Sec-Fetch-Site: none\r\n", false},
      {"x:9100", "Origin: http://x:9101\r\n", true},
      {"x:9100", "Origin: http://x\r\n", true},
      {"x:80", "Origin: https://x\r\n", true},
      {"x:9100", "Origin: http://x.y:9100\r\n", true},
      {"x:9100", "Origin: null\r\n", true},
      {"x:9100", "Origin:\r\n", true},
      {"x:9100", "Origin: x:9100\r\n", true},
      {"x:9100", "Sec-Fetch-Site: cross-site\r\n", true},
      {"x:9100", "Origin: http://x:9100\r\nSec-Fetch-Site: Cross-Site\r\n", true}};
  for (const auto& [host, fields, expected] : cases) {
    RequestHead head;
    ASSERT_EQ(parse("POST / HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n", head), 0);
    EXPECT_EQ(is_cross_site(head), expected) << host << ' ' << fields;
  }
}

TEST(RequestHead, TwoPagesCannotHaveSentOne) {
  RequestHead head;
  EXPECT_EQ(parse(with_fields("Origin: http://x\r\nOrigin: http://y\r\n"), head), 400);
  EXPECT_EQ(parse(with_fields("Sec-Fetch-Site: none\r\nSec-Fetch-Site: none\r\n"), head), 400);
}

TEST(RequestHead, TooManyLinesAreRefused) {
  std::string lines;
  for (int i = 0; i < 99; ++i) lines += "A: b\r\n";
  RequestHead head;
  EXPECT_EQ(parse(with_fields(lines), head), 0);  // with Host: 100
  EXPECT_EQ(parse(with_fields(lines + "A: b\r\n"), head), 431);
}

TEST(RequestHead, AnIncompleteOneIsRefused) {
  const std::string whole = with_fields("A: b\r\n");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    RequestHead head;
    EXPECT_EQ(parse(whole.substr(0, size), head), 400) << size;
  }
}

TEST(HeadScanner, FindsTheEndHoweverTheBytesArrive) {
  const std::string body = "the body";
  const std::string whole = with_fields("A: b\r\n") + body;
  for (std::size_t step = 1; step <= whole.size(); ++step) {
    HeadScanner scanner;
    HeadScanner::State state = HeadScanner::State::more;
    for (std::size_t size = step; state == HeadScanner::State::more; size += step) {
      state = scanner.scan(std::string_view(whole).substr(0, size));
    }
    EXPECT_EQ(state, HeadScanner::State::complete);
    EXPECT_EQ(scanner.end(), whole.size() - body.size()) << step;
  }
}

TEST(HeadScanner, TakesBareNewlinesAsAnEndSoThatTheyCanBeRefused) {
  HeadScanner scanner;
  EXPECT_EQ(scanner.scan("GET / HTTP/1.0\n\n"), HeadScanner::State::complete);
  RequestHead head;
  EXPECT_EQ(parse("GET / HTTP/1.0\n\n", head), 400);
}

TEST(HeadScanner, ControlCharactersAreBadAtOnce) {
  for (const char c : {'\0', '\x01', '\x16', '\x1b', '\x7f'}) {
    HeadScanner scanner;
    EXPECT_EQ(scanner.scan(std::string("GE") + c), HeadScanner::State::bad);
  }
  HeadScanner scanner;
  EXPECT_EQ(scanner.scan("A:\tb"), HeadScanner::State::more);
}

}  // namespace
}  // namespace wayside
