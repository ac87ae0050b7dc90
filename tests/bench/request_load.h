#pragma once

#include <array>
#include <random>
#include <string>
#include <vector>

#include "agent/core/request.h"

namespace wayside::bench {

inline std::string hex(std::mt19937& random, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += "0123456789abcdef"[random() % 16];
  return text;
}

inline std::string path_of(std::mt19937& random, std::size_t kind) {
  const std::string id = std::to_string(random() % 1'000'000);
  switch (kind) {
    case 0:
      return "/api/students/" + id;
    case 1:
      return "/api/students/" + id + "/orders/" + std::to_string(random() % 100);
    case 2:
      return "/api/courses?page=" + id;
    case 3:
      return "/api/v1/enrolments/" + hex(random, 8) + "-" + hex(random, 4) + "-4" + hex(random, 3) +
             "-a" + hex(random, 3) + "-" + hex(random, 12);
    case 4:
      return "/static/app." + hex(random, 8) + ".js";
    case 5:
      return "/api/attendance/2026-11-23/students/" + id;
    case 6:
      return "/health";
    default:
      return "/api/teachers/" + id + "/timetable";
  }
}

// 8,192 requests of the kinds given, their texts and attempts.
struct RequestLoad {
  explicit RequestLoad(const std::vector<std::size_t>& kinds, std::size_t attempts_each) {
    std::mt19937 random(42);
    paths.reserve(8'192);
    for (std::size_t i = 0; i < 8'192; ++i) {
      paths.push_back(path_of(random, kinds[random() % kinds.size()]));
      Request request;
      request.ended = WallTime{std::chrono::seconds{1'700'000'000 + i / 1'000}};
      request.total = Micros{random() % 900'000};
      request.method = Method::get;
      request.status = random() % 20 == 0 ? 500 : 200;
      request.path = paths.back();
      request.attempts = {attempts.data(), attempts_each};
      requests.push_back(request);
    }
  }
  std::array<Attempt, 2> attempts = {Attempt{"10.0.0.1:8080", 200, Micros{16'000}},
                                     Attempt{"10.0.0.2:8080", 200, Micros{7'000}}};
  std::vector<std::string> paths;
  std::vector<Request> requests;
};

inline const std::vector<std::size_t> kIds = {0, 1, 2, 7};
inline const std::vector<std::size_t> kAllKinds = {0, 1, 2, 3, 4, 5, 6, 7};

}  // namespace wayside::bench
