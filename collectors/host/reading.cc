#include "collectors/host/reading.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace wayside {
namespace {

bool is_word(std::string_view name) {
  constexpr auto kIsWordChar = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::ranges::all_of(name, kIsWordChar);
}

}  // namespace

Outcome unreadable(const KernelFile& file, const Error& error) {
  const bool missing = ::access(file.path().c_str(), F_OK) != 0 && errno == ENOENT;
  return missing ? Outcome::nothing(file.path().string()) : Outcome::failed(error.message);
}

Outcome required(Outcome came, std::string_view help) {
  if (came.state != Outcome::State::nothing_there) return came;
  return Outcome::failed(came.why + " is not there: " + std::string(help));
}

Outcome not_understood(const KernelFile& file) {
  return Outcome::failed(file.path().string() + ": has nothing that wayside understands");
}

Outcome too_long(const KernelFile& file) {
  constexpr std::size_t kMebi = std::size_t{1} << 20U;
  return Outcome::failed(file.path().string() + ": is longer than the " +
                         std::to_string(KernelFile::kMost / kMebi) +
                         " MiB that are read of a file");
}

std::size_t count_added(const FamilyList& out) {
  std::size_t count = out.size();
  for (const prometheus::MetricFamily& family : out) count += family.metric.size();
  return count;
}

prometheus::MetricFamily& same_family(FamilyList& out, std::string_view name, std::string_view help,
                                      prometheus::MetricType type) {
  if (!out.empty() && out.back().name == name) return out.back();
  return add_family(out, std::string(name), std::string(help), type);
}

bool NamesInText::take(const std::string& name) {
  return names_.size() < kMost && is_word(name) && names_.insert(name).second;
}

}  // namespace wayside
