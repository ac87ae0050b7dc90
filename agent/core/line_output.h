#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "agent/core/environment.h"
#include "agent/core/result.h"

namespace wayside {

// A file, pipe, terminal or socket that lines are written to, without ever waiting in write(2)
// for a reader that does not read: pipes and terminals are opened anew and without blocking, so
// that the flags others share stay as they are. Only a disk can hold a write up. One thread at a
// time.
class LineOutput {
 public:
  static constexpr std::chrono::milliseconds kPatience{100};

  // "-" is `standard` (1 or 2); anything else is a path, appended to and created with mode 0640.
  static Result<LineOutput> open(const std::string& path, int standard);
  // Whether that path could be opened, as far as its permissions tell. Nothing is created.
  static Result<void> try_path(const std::string& path);

  LineOutput(LineOutput&& other) noexcept;
  LineOutput& operator=(LineOutput&& other) noexcept;
  ~LineOutput();

  // Writes a whole line (its newline included). Where there is no room it asks `go_on` before each
  // wait of at most kPatience. What was cut short is ended by a newline before the next line, so
  // that a line lost is one line; so is what an earlier opening of the same file left unended.
  Result<void> write(std::string_view line, const std::function<bool()>& go_on);

  [[nodiscard]] bool is_terminal() const;

 private:
  enum class Way : std::uint8_t {
    file,    // written at once
    stream,  // a pipe or terminal: in pieces that it takes whole or not at all
    socket,  // sent, for which not waiting can be asked call by call
  };
  LineOutput(int fd, Way way) : fd_(fd), way_(way) {}
  Result<void> write_all(std::string_view bytes, const std::function<bool()>& go_on);
  [[nodiscard]] long write_some(std::string_view bytes) const;
  [[nodiscard]] bool ready(std::chrono::milliseconds wait) const;
  [[nodiscard]] bool lacks_end() const;
  static Result<LineOutput> adopt(int fd, std::string_view name);
  static int open_standard(int fd);

  int fd_ = -1;
  Way way_ = Way::file;
  bool torn_ = false;      // the last line lacks its end
  bool appended_ = false;  // to what others wrote, and nothing was written yet
};

// Whether a person wants colours: neither NO_COLOR is set (https://no-color.org) nor TERM "dumb".
bool colour_wanted(const GetEnv& env);

}  // namespace wayside
