#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/e2e/load.h"

namespace wayside::e2e {
namespace {

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (auto at = text.find(separator); at != std::string::npos; at = text.find(separator, from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + separator.size();
  }
  parts.push_back(text.substr(from));
  return parts;
}

int milliseconds(const std::string& seconds) {
  return static_cast<int>(std::lround(std::stod(seconds) * 1000));
}

std::vector<TruthAttempt> attempts(const std::string& addresses, const std::string& statuses,
                                   const std::string& times) {
  std::vector<TruthAttempt> list;
  if (addresses == "-") return list;
  const auto address = split(addresses, ", ");
  const auto status = split(statuses, ", ");
  const auto time = split(times, ", ");
  for (std::size_t i = 0; i < address.size(); ++i) {
    const auto colon = address[i].rfind(':');
    list.push_back({address[i].substr(0, colon), address[i].substr(colon + 1), status.at(i),
                    milliseconds(time.at(i))});
  }
  return list;
}

}  // namespace

std::vector<Truth> read_truth(const std::filesystem::path& log) {
  std::vector<Truth> all;
  std::ifstream in(log);
  for (std::string line; std::getline(in, line);) {
    const auto field = split(line, "\t");
    if (field.size() != 9) continue;
    Truth truth{field[0], field[1], field[2], field[7], field[8]};
    truth.ms = milliseconds(field[3]);
    truth.attempts = attempts(field[4], field[5], field[6]);
    all.push_back(std::move(truth));
  }
  return all;
}

}  // namespace wayside::e2e
