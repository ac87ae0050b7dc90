#pragma once

#include <map>
#include <string>
#include <string_view>

namespace wayside {

// A text page taken apart for comparison: its samples by `name{labels}` as written, and its
// HELP and TYPE lines by family.
struct PageMap {
  std::map<std::string, std::string> samples;
  std::map<std::string, std::string> help;
  std::map<std::string, std::string> type;
  std::size_t repeated = 0;  // series, HELP or TYPE lines that stand there twice

  explicit PageMap(std::string_view page) {
    while (!page.empty()) {
      const std::size_t end = page.find('\n');
      take(page.substr(0, end));
      page.remove_prefix(end == std::string_view::npos ? page.size() : end + 1);
    }
  }

 private:
  void take(std::string_view line) {
    if (line.starts_with("# HELP ")) {
      put(help, line.substr(7), line.substr(7).find(' '));
    } else if (line.starts_with("# TYPE ")) {
      put(type, line.substr(7), line.substr(7).find(' '));
    } else {
      put(samples, line, line.rfind(' '));
    }
  }
  void put(std::map<std::string, std::string>& to, std::string_view line, std::size_t space) {
    if (space == std::string_view::npos) space = line.size();
    const auto value = line.substr(std::min(line.size(), space + 1));
    repeated += to.emplace(line.substr(0, space), value).second ? 0 : 1;
  }
};

}  // namespace wayside
