#pragma once

#include <string>
#include <string_view>

namespace wayside {

// "Bad Request" for 400, for the statuses the endpoint refuses with.
std::string_view reason_of(int status);

// A whole answer that refuses a request, for sending without reading any further. `why` is a line
// for people; empty: the status' own words.
std::string refusal(int status, std::string_view why = {});

}  // namespace wayside
