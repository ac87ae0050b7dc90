// Any datagram is a message: its parts lie in it, and a text that was sent with a header of ours
// comes out as it was.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "collectors/access_log/source/syslog_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view datagram(reinterpret_cast<const char*>(data), size);
  const auto within = [&](std::string_view part) {
    return part.empty() ||
           (part.data() >= datagram.data() && part.data() + part.size() <= datagram.data() + size);
  };
  const auto message = wayside::read_syslog(datagram);
  if (!within(message.tag) || !within(message.text) || message.tag.size() > 48) std::abort();
  std::string_view text = datagram;
  while (!text.empty() && (text.back() == '\n' || text.back() == '\0')) text.remove_suffix(1);
  for (const char* header :
       {"<190>Nov 23 22:31:31 web nginx: ", "<190>Nov  3 22:31:31 nginx[7]: ",
        "<190>1 2026-11-23T22:31:31Z web nginx 7 - [a b=\"]\"] \xEF\xBB\xBF"}) {
    const std::string sent = header + std::string(text);
    const auto read = wayside::read_syslog(sent);
    if (read.tag != "nginx" || read.text != text) std::abort();
  }
  return 0;
}
