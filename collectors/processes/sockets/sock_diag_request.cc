#include "collectors/processes/sockets/sock_diag_request.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <cstring>

namespace wayside {
namespace {

constexpr std::uint32_t kListening = 1U << TCP_LISTEN;
constexpr std::uint32_t kAllStates = 0xffff'ffffU;

template <typename Struct>
void append(std::vector<std::byte>& bytes, const Struct& value) {
  const auto* from = reinterpret_cast<const std::byte*>(&value);
  bytes.insert(bytes.end(), from, from + sizeof(value));
}

NetlinkRequest begin_request() {
  NetlinkRequest request;
  nlmsghdr header{};
  header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  append(request, header);
  return request;
}

NetlinkRequest finished(NetlinkRequest request) {
  const auto length = static_cast<std::uint32_t>(request.size());
  std::memcpy(request.data() + offsetof(nlmsghdr, nlmsg_len), &length, sizeof(length));
  return request;
}

inet_diag_req_v2 tcp_sockets(int family, std::uint32_t states) {
  inet_diag_req_v2 wanted{};
  wanted.sdiag_family = static_cast<std::uint8_t>(family);
  wanted.sdiag_protocol = IPPROTO_TCP;
  wanted.idiag_states = states;
  return wanted;
}

// "The local port is …": an operation, and its operand in the `no` of a second one. Where it does
// not hold the program goes on `no` bytes further.
void append_condition(std::vector<std::byte>& program, int code, std::uint16_t port,
                      std::size_t no) {
  constexpr std::uint8_t kLength = 2 * sizeof(inet_diag_bc_op);
  append(program, inet_diag_bc_op{static_cast<unsigned char>(code), kLength,
                                  static_cast<unsigned short>(no)});
  append(program, inet_diag_bc_op{INET_DIAG_BC_NOP, 0, port});
}

}  // namespace

// For each port, five operations: at least it, at most it, and a jump to the end, where a socket is
// taken. One that fits no port leaves four bytes beyond the end, which is how a program declines.
std::vector<std::byte> ports_program(std::span<const std::uint16_t> ports) {
  constexpr std::size_t kOperation = sizeof(inet_diag_bc_op);
  constexpr std::size_t kBlock = 5 * kOperation;
  ports = ports.first(std::min(ports.size(), kMostPorts));
  std::vector<std::byte> program;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const bool last = i + 1 == ports.size();
    const std::size_t next = kBlock + (last ? kOperation : 0);
    append_condition(program, INET_DIAG_BC_S_GE, ports[i], next);
    append_condition(program, INET_DIAG_BC_S_LE, ports[i], next - 2 * kOperation);
    const std::size_t to_end = (ports.size() - i - 1) * kBlock + kOperation;
    append(program,
           inet_diag_bc_op{INET_DIAG_BC_JMP, kOperation, static_cast<unsigned short>(to_end)});
  }
  return program;
}

NetlinkRequest listening_request(int family) {
  NetlinkRequest request = begin_request();
  append(request, tcp_sockets(family, kListening));
  return finished(std::move(request));
}

NetlinkRequest connections_request(int family, std::span<const std::uint16_t> ports) {
  NetlinkRequest request = begin_request();
  append(request, tcp_sockets(family, kAllStates & ~kListening));
  const std::vector<std::byte> program = ports_program(ports);
  append(request, rtattr{static_cast<unsigned short>(sizeof(rtattr) + program.size()),
                         INET_DIAG_REQ_BYTECODE});
  request.insert(request.end(), program.begin(), program.end());
  return finished(std::move(request));
}

NetlinkRequest unix_listening_request() {
  NetlinkRequest request = begin_request();
  unix_diag_req wanted{};
  wanted.sdiag_family = AF_UNIX;
  wanted.udiag_states = kListening;
  wanted.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_RQLEN;
  append(request, wanted);
  return finished(std::move(request));
}

}  // namespace wayside
