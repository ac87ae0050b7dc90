#pragma once

#include <zlib.h>

#include <array>
#include <string>
#include <string_view>

namespace wayside::support {

// What zlib makes of one gzip member; "(broken)" where it is none, or where something follows it.
inline std::string gunzip(std::string_view member) {
  z_stream stream{};
  if (::inflateInit2(&stream, 15 + 16) != Z_OK) return "(broken)";
  std::string plain;
  std::array<char, 65'536> piece;
  // zlib's interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(member.data()));
  stream.avail_in = static_cast<uInt>(member.size());
  int code = Z_OK;
  while (code == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    code = ::inflate(&stream, Z_NO_FLUSH);
    plain.append(piece.data(), piece.size() - stream.avail_out);
  }
  const bool whole = code == Z_STREAM_END && stream.avail_in == 0;
  ::inflateEnd(&stream);
  return whole ? plain : "(broken)";
}

}  // namespace wayside::support
