#include "collectors/host/system/os_release.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "agent/core/result.h"
#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"

namespace wayside {
namespace {

constexpr std::size_t kMostBytes = 65'536;
constexpr std::size_t kMostNames = 256;

bool is_name(std::string_view name) {
  constexpr auto kIsNameChar = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::ranges::all_of(name, kIsNameChar);
}

// A backslash takes the next character as it is, but within single quotes, where it is one.
std::string unquoted(std::string_view text) {
  std::string value;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (quote != 0 && c == quote) {
      quote = 0;
    } else if (c == '\\' && quote != '\'' && i + 1 < text.size()) {
      value += text[++i];
    } else {
      value += c;
    }
  }
  return value;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
  return text.substr(0, text.find_last_not_of(kSpaces) + 1);
}

std::string value_of(const OsRelease& release, std::string_view name) {
  const auto found = release.find(name);
  return found == release.end() ? std::string() : found->second;
}

class OsPart final : public HostPart {
 public:
  explicit OsPart(const std::filesystem::path& root)
      : paths_{root / "etc/os-release", root / "usr/lib/os-release"} {}

  // Opened anew each time: an upgrade puts another file in its place.
  Outcome read(FamilyList& out) override {
    for (const std::filesystem::path& path : paths_) {
      const int code = read_at(AT_FDCWD, path.c_str(), buffer_, kMostBytes);
      if (code == ENOENT) continue;
      if (code != 0) return Outcome::failed(system_error(path.string(), code).message);
      add_os(parse_os_release(buffer_), out);
      return Outcome::ok();
    }
    return Outcome::nothing(paths_[0].string());
  }

 private:
  std::array<std::filesystem::path, 2> paths_;
  std::string buffer_;
};

}  // namespace

OsRelease parse_os_release(std::string_view text) {
  OsRelease release;
  while (!text.empty() && release.size() < kMostNames) {
    const std::string_view line = trimmed(next_line(text));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || !is_name(line.substr(0, equals))) continue;
    release[std::string(line.substr(0, equals))] = unquoted(line.substr(equals + 1));
  }
  return release;
}

std::optional<double> version_number(std::string_view version) {
  constexpr std::string_view kDigits = "0123456789";
  std::size_t end = std::min(version.find_first_not_of(kDigits), version.size());
  if (end == 0) return std::nullopt;
  if (end < version.size() && version[end] == '.') {
    end = std::min(version.find_first_not_of(kDigits, end + 1), version.size());
  }
  return number_in<double>(version.substr(0, end));
}

void add_os(const OsRelease& release, FamilyList& out) {
  constexpr std::array<std::pair<const char*, const char*>, 12> kLabels = {
      {{"build_id", "BUILD_ID"},
       {"id", "ID"},
       {"id_like", "ID_LIKE"},
       {"image_id", "IMAGE_ID"},
       {"image_version", "IMAGE_VERSION"},
       {"name", "NAME"},
       {"pretty_name", "PRETTY_NAME"},
       {"variant", "VARIANT"},
       {"variant_id", "VARIANT_ID"},
       {"version", "VERSION"},
       {"version_codename", "VERSION_CODENAME"},
       {"version_id", "VERSION_ID"}}};
  LabelList labels;
  for (const auto& [label, name] : kLabels) labels.push_back({label, value_of(release, name)});
  add_gauge(out, "node_os_info", "The host's distribution, as labels: always 1.", 1,
            std::move(labels));
  const auto version = version_number(value_of(release, "VERSION_ID"));
  if (!version) return;
  add_gauge(out, "node_os_version", "The distribution's version, major.minor.", *version,
            {{"id", value_of(release, "ID")},
             {"id_like", value_of(release, "ID_LIKE")},
             {"name", value_of(release, "NAME")}});
}

std::unique_ptr<HostPart> os_part(const HostContext& host) {
  return std::make_unique<OsPart>(host.environment.root);
}

}  // namespace wayside
