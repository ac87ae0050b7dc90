#include "agent/core/config_text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <optional>

#include "agent/core/file_descriptor.h"

namespace wayside {
namespace {

bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name(std::string_view text) {
  const auto continues = [](char c) { return starts_name(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && starts_name(text.front()) &&
         std::all_of(text.begin(), text.end(), continues);
}

Error malformed() {
  return Error{"malformed ${; write ${NAME} or ${NAME:-default}, and $${ for a dollar and a brace"};
}

// What "NAME" or "NAME:-default" stands for.
Result<std::string> value_of(std::string_view inside, const GetEnv& env) {
  const std::size_t colon = inside.find(':');
  const std::string name(inside.substr(0, colon));
  if (!is_name(name)) return malformed();
  std::optional<std::string> value = env(name);
  if (colon == std::string_view::npos) {
    if (value) return *std::move(value);
    return Error{"${" + name + "} is not set; set it, or give a default as in ${" + name +
                 ":-default}"};
  }
  const std::string_view rest = inside.substr(colon);
  if (!rest.starts_with(":-") || rest.find("${") != std::string_view::npos) return malformed();
  if (value && !value->empty()) return *std::move(value);
  return std::string(rest.substr(2));
}

Error failed(int code) {
  return system_error("cannot be read", code);
}

Result<std::string> read_all(int fd) {
  std::string out(kMaxValueSize + 1, '\0');
  std::size_t size = 0;
  while (size < out.size()) {
    const ssize_t got = ::read(fd, out.data() + size, out.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kMaxValueSize) return Error{"is larger than 64 KiB"};
  out.resize(size);
  return out;
}

}  // namespace

Result<Expanded> expand_env(std::string_view text, const GetEnv& env) {
  Expanded out;
  while (!text.empty()) {
    const std::size_t dollar = std::min(text.find('$'), text.size());
    out.text += text.substr(0, dollar);
    text.remove_prefix(dollar);
    if (text.starts_with("${")) {
      const std::size_t end = text.find('}');
      if (end == std::string_view::npos) return malformed();
      const Result<std::string> value = value_of(text.substr(2, end - 2), env);
      if (!value) return value.error();
      out.text += *value;
      out.from_environment = true;
      text.remove_prefix(end + 1);
    } else if (!text.empty()) {
      out.text += '$';
      text.remove_prefix(text.starts_with("$$") ? 2 : 1);
    }
    if (out.text.size() > kMaxValueSize && out.from_environment) {
      return Error{"with its variables it is larger than 64 KiB"};
    }
  }
  return out;
}

Result<std::string> read_secret(const std::filesystem::path& path) {
  // Without waiting for a writer, where the path is a pipe.
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return failed(errno);
  struct stat about = {};
  if (::fstat(file.get(), &about) != 0) return failed(errno);
  if (S_ISDIR(about.st_mode)) return failed(EISDIR);
  if (!S_ISREG(about.st_mode)) return Error{"is not a regular file"};
  Result<std::string> text = read_all(file.get());
  if (!text) return text;
  if (text->ends_with('\n')) text->pop_back();
  return text;
}

}  // namespace wayside
