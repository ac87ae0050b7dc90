#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace wayside {

// What udev knows of a device: the lines "E:NAME=VALUE" of its file in /run/udev/data, such as
// b259:0 of the block device 259:0 (udevadm(8), `udevadm info --query=property`).
class UdevProperties {
 public:
  // Parses the text of such a file. Of a repeated name the last one counts; a few hundred are
  // kept.
  static UdevProperties parse(std::string_view text);

  // The value; empty where there is none.
  [[nodiscard]] std::string_view operator[](std::string_view name) const;
  [[nodiscard]] bool empty() const { return values_.empty(); }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace wayside
