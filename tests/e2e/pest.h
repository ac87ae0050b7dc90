#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace wayside::e2e {

// A connection that is never waited for: what cannot be sent at once is not sent, and one that
// was ended begins anew.
class Pest {
 public:
  explicit Pest(std::uint16_t port) : port_(port) { connect(); }
  ~Pest();
  Pest(Pest&& other) noexcept : port_(other.port_), fd_(std::exchange(other.fd_, -1)) {}
  Pest& operator=(Pest&&) = delete;

  // False where it had ended.
  bool say(std::string_view bytes);

 private:
  void connect();
  std::uint16_t port_;
  int fd_ = -1;
};

// As many open files as the system lets this process have.
void raise_file_limit();

}  // namespace wayside::e2e
