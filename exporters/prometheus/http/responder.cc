#include "exporters/prometheus/http/responder.h"

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <variant>

#include "exporters/prometheus/http/refusal.h"
#include "exporters/prometheus/http/security_headers.h"

namespace wayside {
namespace {

// The head as it was understood, then the body: what came with the head first, then the socket,
// up to a budget. Never a byte more than the request may have.
class RequestStream final : public httplib::Stream {
 public:
  RequestStream(const RequestHead& head, std::string_view rest, std::size_t body_budget,
                Transport& transport)
      : head_(head.canonical()),
        rest_(rest),
        budget_(head.body == RequestHead::Body::none ? 0 : body_budget),
        has_body_(head.body != RequestHead::Body::none),
        transport_(transport) {}

  ssize_t read(char* to, size_t size) override {
    if (given_ < head_.size()) return take(to, std::min(size, head_.size() - given_));
    if (budget_ == 0) {
      over_budget_ = has_body_;
      return 0;
    }
    size = std::min(size, budget_);
    std::size_t got = rest_.copy(to, size);
    rest_.remove_prefix(got);
    if (got == 0) got = transport_.read(to, size);
    budget_ -= got;
    return static_cast<ssize_t>(got);
  }

  ssize_t write(const char* bytes, size_t size) override {
    return transport_.write({bytes, size}) ? static_cast<ssize_t>(size) : -1;
  }

  [[nodiscard]] bool is_readable() const override { return true; }
  [[nodiscard]] bool is_writable() const override { return transport_.writable(); }
  // Who the peer is, is known elsewhere and told to nobody here.
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  [[nodiscard]] socket_t socket() const override { return INVALID_SOCKET; }

  [[nodiscard]] bool over_budget() const { return over_budget_; }

 private:
  ssize_t take(char* to, std::size_t size) {
    std::copy_n(head_.data() + given_, size, to);
    given_ += size;
    return static_cast<ssize_t>(size);
  }

  std::string head_;
  std::size_t given_ = 0;
  std::string_view rest_;
  std::size_t budget_;
  bool has_body_;
  bool over_budget_ = false;
  Transport& transport_;
};

void add_security_headers(httplib::Response& response, bool transport_security) {
  const auto add = [&response](std::string_view name, std::string_view value) {
    response.set_header(std::string(name), std::string(value));
  };
  for (const auto& [name, value] : security_headers()) add(name, value);
  add("Content-Security-Policy", content_policy(response.get_header_value("Content-Type")));
  if (transport_security) add(kTransportSecurity.name, kTransportSecurity.value);
}

// What a client asked of /metrics.
struct Scrape {
  MetricsFormat format = MetricsFormat::text;
  bool gzip = false;
  Selection selection = {};
};

constexpr std::string_view kWhyNotFromPages = "a web page of another site may not ask for this\n";
constexpr std::string_view kWhyElsewhere = "the config is wrong; the agent's log says why\n";

void fill(httplib::Response& response, const Page& page) {
  response.status = page.status;
  response.set_content(page.body, std::string(page.type));
}

}  // namespace

class Responder::Server final : public httplib::Server {
 public:
  explicit Server(const ResponderContext& context) : context_(context) {
    // httplib ends a streamed answer when its own listener is gone. It has none: ours is the
    // lobby's.
    svr_sock_ = 0;
    set_payload_max_length(context.limits.body_bytes);
    set_gates();
    set_pages();
  }

  Answer answer(const RequestHead& head, std::string_view rest, const Peer& peer,
                Transport& transport) {
    RequestStream stream(head, rest, context_.limits.body_bytes, transport);
    answer_ = {};
    stream_ = &stream;
    head_ = &head;
    peer_ = peer;
    is_known_ = false;
    shield_ = context_.shields.get();
    try {
      bool closed = false;
      process_request(stream, true, closed, nullptr);
    } catch (...) {
      failed("an answer could not be made");
      // Nothing was sent yet: the client still learns that it failed.
      if (answer_.status == 0 && transport.write(refusal(500))) answer_.status = 500;
    }
    stream_ = nullptr;
    head_ = nullptr;
    peer_ = {};
    shield_ = {};
    return answer_;
  }

 private:
  void set_gates() {
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      const ServedPath* page = find_path(request.path);
      if (page != nullptr) answer_.route = page->path;
      const bool admitted = let_in(request.path, response) && admit(page, request, response);
      return admitted ? HandlerResponse::Unhandled : HandlerResponse::Handled;
    });
    set_error_handler(
        [this](const httplib::Request&, httplib::Response& response) { explain(response); });
    set_exception_handler(
        [this](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
          failed("a page could not be made");
          response.body.clear();
          response.status = 500;
        });
    set_post_routing_handler([this](const httplib::Request&, httplib::Response& response) {
      response.headers.erase("Accept-Ranges");  // httplib claims it for HEAD
      add_security_headers(response, peer_.tls && shield_.tls && shield_.tls->config().hsts);
      answer_.status = response.status;
    });
  }

  void set_pages() {
    for (const std::string_view path :
         {"/health", "/-/healthy", "/-/ready", "/api/clients", "/api/problems", "/"}) {
      serve(*find_path(path));
    }
    const ServedPath* reload = find_path("/-/reload");
    Post(std::string(reload->path),
         [this, reload](const httplib::Request& request, httplib::Response& response) {
           Page page = reload->page(context_.pages, request.params);
           if (page.status == 500 && !may_know_why()) page.body = kWhyElsewhere;
           fill(response, page);
         });
    Get("/metrics", [this](const httplib::Request& request, httplib::Response& response) {
      give_metrics(request, response);
    });
    Get("/sd", [this](const httplib::Request&, httplib::Response& response) {
      fill(response, context_.pages.targets({.host = head_->host, .tls = peer_.tls}));
    });
  }

  void serve(const ServedPath& route) {
    Get(std::string(route.path),
        [this, &route](const httplib::Request& request, httplib::Response& response) {
          fill(response, route.page(context_.pages, request.params));
        });
  }

  // Before anything is told, also what pages there are, and before a body is read.
  bool let_in(const std::string& path, httplib::Response& response) {
    if (!shield_.guard || shield_.guard->is_open(path)) return true;
    const auto judged =
        shield_.guard->judge(head_->authorization, peer_.address, std::chrono::steady_clock::now());
    is_known_ = judged.verdict == Verdict::welcome;
    if (is_known_) return true;
    context_.tally.turned_away(judged.verdict);
    if (judged.worth_telling) {
      warn(std::string(peer_.address) + " failed to authenticate too often and has to wait");
    }
    turn_away(judged, response);
    return false;
  }

  void turn_away(const Guard::Judgement& judged, httplib::Response& response) {
    if (judged.verdict == Verdict::limited || judged.verdict == Verdict::busy) {
      response.status = judged.verdict == Verdict::limited ? 429 : 503;
      response.set_header("Retry-After", std::to_string(judged.retry_after.count()));
      return;
    }
    response.status = 401;
    for (const std::string_view challenge : shield_.guard->challenges()) {
      response.set_header("WWW-Authenticate", std::string(challenge));
    }
  }

  // Only our paths, only with their methods, reach httplib's own routing. What a page of another
  // site has a browser send may read, since that page gets no answer, but change nothing.
  bool admit(const ServedPath* route, const httplib::Request& request,
             httplib::Response& response) {
    if (route == nullptr) {
      response.status = 404;
      return false;
    }
    if (!route->allows(request.method)) {
      response.status = 405;
      response.set_header("Allow", std::string(route->allow));
      return false;
    }
    if (request.method != "POST" || !is_cross_site(*head_)) return true;
    response.status = 403;
    response.set_content(std::string(kWhyNotFromPages), std::string(kPlainText));
    return false;
  }

  void explain(httplib::Response& response) {
    if (stream_ != nullptr && stream_->over_budget() && response.status == 400) {
      response.status = 413;
    }
    if (!response.body.empty()) return;
    response.set_content(std::string(reason_of(response.status)) + "\n", std::string(kPlainText));
  }

  void give_metrics(const httplib::Request& request, httplib::Response& response) {
    Scrape scrape;
    scrape.format = choose_format(head_->accept);
    scrape.gzip = takes_gzip(head_->accept_encoding);
    auto selected = context_.pages.select(request.params, scrape.format);
    if (const auto* page = std::get_if<Page>(&selected)) {
      fill(response, *page);
      return;
    }
    scrape.selection = std::get<Selection>(std::move(selected));
    stream_metrics(scrape, request.version == "HTTP/1.0", response);
  }

  void stream_metrics(const Scrape& scrape, bool until_close, httplib::Response& response) {
    const auto produce = [this, scrape](std::size_t, httplib::DataSink& sink) {
      return write_metrics(scrape, sink);
    };
    const std::string type(content_type(scrape.format));
    response.set_header("Vary", "Accept, Accept-Encoding");
    if (scrape.gzip) response.set_header("Content-Encoding", "gzip");
    if (until_close) {
      response.set_content_provider(type, produce);  // its end is the connection's
    } else {
      response.set_chunked_content_provider(type, produce);
    }
  }

  bool write_metrics(const Scrape& scrape, httplib::DataSink& sink) {
    const auto begun = std::chrono::steady_clock::now();
    std::size_t bytes = 0;
    const auto write = [&](std::string_view piece) {
      bytes += piece.size();
      return piece.empty() || sink.write(piece.data(), piece.size());
    };
    if (!context_.pages.metrics(scrape.selection, scrape.format, scrape.gzip, write)) return false;
    sink.done();
    context_.tally.scraped(scrape.format, bytes, std::chrono::steady_clock::now() - begun);
    return true;
  }

  // For whoever runs the agent, never for the client.
  void failed(std::string_view why) {
    context_.pages.context().log.write(Level::error, "http: " + std::string(why));
  }
  void warn(const std::string& what) {
    context_.pages.context().log.write(Level::warn, "http: " + what);
  }

  // What is wrong with a config is for those who showed who they are, or sit at the machine.
  [[nodiscard]] bool may_know_why() const {
    return is_known_ || is_loopback(peer_.address) ||
           (shield_.tls && shield_.tls->config().requires_client_cert());
  }

  ResponderContext context_;
  Answer answer_;
  RequestStream* stream_ = nullptr;
  const RequestHead* head_ = nullptr;
  Peer peer_;
  Shield shield_;
  bool is_known_ = false;  // to the guard
};

Responder::Responder(const ResponderContext& context)
    : server_(std::make_unique<Server>(context)) {}
Responder::~Responder() = default;

Answer Responder::answer(const RequestHead& head, std::string_view rest, const Peer& peer,
                         Transport& transport) {
  return server_->answer(head, rest, peer, transport);
}

}  // namespace wayside
