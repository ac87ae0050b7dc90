#include "agent/requests/usual_paths.h"

#include <algorithm>
#include <array>

namespace wayside {
namespace {

// Both sorted, so that a lookup is a handful of comparisons.
constexpr std::array<std::string_view, 36> kHealth = {
    "/-/healthy",
    "/-/ready",
    "/__health",
    "/_health",
    "/_healthz",
    "/_ping",
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness",
    "/actuator/prometheus",
    "/api/health",
    "/api/healthcheck",
    "/api/healthz",
    "/api/ping",
    "/api/v1/health",
    "/basic_status",
    "/health",
    "/health-check",
    "/health/live",
    "/health/liveness",
    "/health/readiness",
    "/health/ready",
    "/health_check",
    "/healthcheck",
    "/healthz",
    "/live",
    "/liveness",
    "/livez",
    "/metrics",
    "/nginx_status",
    "/ping",
    "/readiness",
    "/ready",
    "/readyz",
    "/stub_status",
    "/up",
};

constexpr std::array<std::string_view, 42> kEndings = {
    "apng", "avif", "bmp",  "br",   "cjs",  "css",         "cur",  "eot",  "flac", "gif", "ico",
    "jpeg", "jpg",  "js",   "less", "m4a",  "m4v",         "map",  "mjs",  "mov",  "mp3", "mp4",
    "ogg",  "ogv",  "opus", "otf",  "png",  "sass",        "scss", "svg",  "svgz", "tif", "tiff",
    "ttf",  "wasm", "wav",  "weba", "webm", "webmanifest", "webp", "woff", "woff2"};

constexpr std::array<std::string_view, 8> kFiles = {"/.well-known/security.txt",
                                                    "/ads.txt",
                                                    "/apple-app-site-association",
                                                    "/browserconfig.xml",
                                                    "/humans.txt",
                                                    "/manifest.json",
                                                    "/robots.txt",
                                                    "/sitemap.xml"};

static_assert(std::ranges::is_sorted(kHealth));
static_assert(std::ranges::is_sorted(kEndings));
static_assert(std::ranges::is_sorted(kFiles));

constexpr std::size_t kLongestEnding = 11;

// What stands behind the last dot of the last segment, in small letters; empty: nothing short.
std::string_view ending_of(std::string_view path, std::array<char, kLongestEnding>& lower) {
  for (std::size_t size = 0; size < path.size() && size <= kLongestEnding; ++size) {
    const char c = path[path.size() - 1 - size];
    if (c == '/') return {};
    if (c == '.') return {lower.data() + kLongestEnding - size, size};
    if (size == kLongestEnding) return {};
    lower[kLongestEnding - 1 - size] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return {};
}

}  // namespace

bool is_health_path(std::string_view path) {
  return std::ranges::binary_search(kHealth, path);
}

bool is_static_path(std::string_view path) {
  std::array<char, kLongestEnding> lower;
  const std::string_view ending = ending_of(path, lower);
  if (ending.empty()) return path == "/apple-app-site-association";
  return std::ranges::binary_search(kEndings, ending) || std::ranges::binary_search(kFiles, path);
}

}  // namespace wayside
