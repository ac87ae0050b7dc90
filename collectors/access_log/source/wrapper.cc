#include "collectors/access_log/source/wrapper.h"

#include <string>

#include "collectors/access_log/source/cri_line.h"
#include "collectors/access_log/source/docker_line.h"

namespace wayside {

Wrapper tell_wrapper(std::string_view lines) {
  constexpr int kLooked = 32;
  int docker = 0;
  int cri = 0;
  int looked = 0;
  std::string scratch;
  while (!lines.empty() && looked < kLooked) {
    const auto end = lines.find('\n');
    if (end == std::string_view::npos) break;
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    if (line.empty()) continue;
    ++looked;
    scratch.resize(line.size() + kUnwrapSlack);
    if (unwrap_docker(line, scratch.data())) ++docker;
    if (unwrap_cri(line, scratch.data())) ++cri;
  }
  if (docker * 2 > looked) return Wrapper::docker;
  return cri * 2 > looked ? Wrapper::cri : Wrapper::none;
}

std::string_view to_string(Wrapper wrapper) {
  switch (wrapper) {
    case Wrapper::docker:
      return "Docker's json-file";
    case Wrapper::cri:
      return "CRI";
    case Wrapper::none:
      return "none";
    case Wrapper::automatic:
      break;
  }
  return "auto";
}

}  // namespace wayside
