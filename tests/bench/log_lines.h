#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>

namespace wayside::bench {

// The format of the generated lines.
inline constexpr std::string_view kBenchFormat =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
    R"("$http_referer" "$http_user_agent" $request_time $upstream_response_time)";

// Lines as a busy nginx in front of a backend writes them, about 250 bytes each: 50 routes with
// ids, several methods and statuses, real browsers' names. The same seed gives the same lines.
class LogLines {
 public:
  explicit LogLines(std::uint64_t seed = 1) : random_(seed) {}

  void append(std::string& out) {
    const bool post = pick(10) < 2;
    const std::uint32_t route = pick(50);
    const std::uint32_t micros = pick(100) < 97 ? pick(120) : pick(3'000);
    std::array<char, 640> line{};
    const int size = std::snprintf(
        line.data(), line.size(),
        "%u.%u.%u.%u - - [23/Nov/2026:22:%02u:%02u +0000] \"%s %s HTTP/1.1\" %u %u \"%s\" \"%s\" "
        "%u.%03u %s\n",
        1 + pick(222), pick(256), pick(256), pick(256), second_ / 60 % 60, second_ % 60,
        post ? "POST" : "GET", path(route).c_str(), status(post), 40 + pick(60'000),
        kReferers[pick(kReferers.size())].data(), kAgents[pick(kAgents.size())].data(),
        micros / 1000, micros % 1000, upstream(micros).c_str());
    out.append(line.data(), static_cast<std::size_t>(size));
    if (++lines_ % 20'000 == 0) ++second_;
  }

  // Whole lines, at least `bytes` of them.
  std::string block(std::size_t bytes) {
    std::string out;
    out.reserve(bytes + 1024);
    while (out.size() < bytes) append(out);
    return out;
  }

 private:
  static constexpr std::array<std::string_view, 5> kReferers = {
      "-", "https://college.example.com/students", "https://college.example.com/courses?page=3",
      "https://www.google.com/", "https://college.example.com/dashboard/timetable/week"};
  static constexpr std::array<std::string_view, 5> kAgents = {
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/119.0.0.0 Safari/537.36",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
      "Gecko) Version/17.1 Mobile/15E148 Safari/604.1",
      "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/119.0",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
      "Version/17.0 Safari/605.1.15",
      "okhttp/4.11.0"};
  static constexpr std::array<std::string_view, 10> kNouns = {
      "students", "courses", "teachers", "exams",  "grades",
      "rooms",    "library", "invoices", "events", "messages"};

  std::uint32_t pick(std::size_t below) { return static_cast<std::uint32_t>(random_() % below); }
  std::string path(std::uint32_t route) {
    std::string text = "/api/";
    text += kNouns[route % 10];
    if (route >= 10) text += "/" + std::to_string(1 + pick(500'000));
    if (route >= 20) text += "/details";
    if (route >= 30) text += "/" + std::to_string(1 + pick(900));
    if (route >= 40) text += "/history";
    if (route % 7 == 0) text += "?page=" + std::to_string(1 + pick(40)) + "&sort=name";
    return text;
  }
  std::uint32_t status(bool post) {
    constexpr std::array<std::uint32_t, 6> kRare = {301, 304, 401, 404, 429, 500};
    if (pick(100) < 8) return kRare[pick(kRare.size())];
    return post ? 201 : 200;
  }
  std::string upstream(std::uint32_t millis) {
    if (pick(100) < 3) return "-";
    const std::uint32_t part = millis - (millis > 0 ? pick(2) : 0);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%u.%03u", part / 1000, part % 1000);
    return text.data();
  }

  std::mt19937_64 random_;
  std::uint64_t lines_ = 0;
  std::uint32_t second_ = 0;
};

}  // namespace wayside::bench
