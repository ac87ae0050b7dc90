#pragma once

#include <string_view>

namespace wayside {

// Whether an IPv4 or IPv6 address is one that the public internet cannot have: loopback, private
// (RFC 1918), shared (RFC 6598), link-local and unique local ones, and "unix:".
bool is_private_address(std::string_view address);

// Dotted IPv4, or IPv6 without brackets: only the characters are judged, and that there are dots
// or colons.
bool looks_like_address(std::string_view text);

// Who sent the request. Anyone can send an X-Forwarded-For, so that it is believed only where
// the peer itself stands on a private network: then it is the last public address of the list,
// which is the one the nearest proxy saw, or the first address where all are private.
std::string_view original_client(std::string_view peer, std::string_view forwarded);

}  // namespace wayside
