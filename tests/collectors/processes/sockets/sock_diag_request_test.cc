#include "collectors/processes/sockets/sock_diag_request.h"

#include <gtest/gtest.h>
#include <linux/inet_diag.h>

#include <cstring>
#include <numeric>

namespace wayside {
namespace {

inet_diag_bc_op operation(const std::vector<std::byte>& program, std::size_t at) {
  inet_diag_bc_op op{};
  std::memcpy(&op, program.data() + at, sizeof(op));
  return op;
}

// Runs the program as the kernel's inet_diag_bc_run does: it takes a socket where it ends exactly
// at the program's end.
bool takes(const std::vector<std::byte>& program, std::uint16_t port) {
  std::size_t at = 0;
  while (at < program.size()) {
    const inet_diag_bc_op op = operation(program, at);
    bool yes = true;
    if (op.code == INET_DIAG_BC_JMP) yes = false;
    if (op.code == INET_DIAG_BC_S_GE) yes = port >= operation(program, at + sizeof(op)).no;
    if (op.code == INET_DIAG_BC_S_LE) yes = port <= operation(program, at + sizeof(op)).no;
    at += yes ? op.yes : op.no;
  }
  return at == program.size();
}

TEST(PortsProgram, TakesItsPortsAndNoOther) {
  const std::vector<std::uint16_t> ports = {80, 443, 3'000, 65'535};
  const auto program = ports_program(ports);
  for (std::uint32_t port = 0; port <= 65'535; ++port) {
    const bool wanted = std::find(ports.begin(), ports.end(), port) != ports.end();
    ASSERT_EQ(takes(program, static_cast<std::uint16_t>(port)), wanted) << port;
  }
}

TEST(PortsProgram, FitsItsAttributeWithTheMostPorts) {
  std::vector<std::uint16_t> ports(2 * kMostPorts);
  std::iota(ports.begin(), ports.end(), 1'000);
  const auto program = ports_program(ports);
  EXPECT_LT(program.size(), 65'000U);
  EXPECT_TRUE(takes(program, 1'000));
  EXPECT_TRUE(takes(program, 1'000 + kMostPorts - 1));
  EXPECT_FALSE(takes(program, 1'000 + kMostPorts));
}

}  // namespace
}  // namespace wayside
