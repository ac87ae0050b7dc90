#include "collectors/access_log/collector.h"

#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "agent/requests/enricher.h"
#include "agent/requests/recorder.h"
#include "collectors/access_log/feeds.h"
#include "collectors/access_log/format/formats.h"
#include "collectors/access_log/log_lines.h"
#include "collectors/access_log/name.h"
#include "collectors/access_log/problem_notes.h"
#include "collectors/access_log/source/follower.h"
#include "collectors/access_log/source/wrapped_lines.h"
#include "collectors/access_log/survey.h"
#include "collectors/access_log/telemetry.h"

namespace wayside {
namespace {

Result<FormatPtr> given_format(const AccessLogConfig& entry) {
  if (entry.format == "auto") return FormatPtr();
  auto named = named_format(entry.format, entry.options);
  if (!named) return named.error().in("format of " + entry.name());
  return named;
}

// What formats are asked to tell, by the entries and by the rules for every request.
std::vector<AccessLogConfig> with_rules(std::vector<AccessLogConfig> entries,
                                        const RequestRules& rules) {
  for (AccessLogConfig& entry : entries) entry.options.user_agent = rules.ignore_bots;
  return entries;
}

Outcome outcome_of(const AccessLogConfig& entry, const FollowStats& stats) {
  if (stats.unreadable > 0) {
    return Outcome::failed(std::to_string(stats.unreadable) + " of the files that match " +
                           entry.path + " cannot be opened");
  }
  if (stats.files == 0) return Outcome::nothing("no file matches " + entry.path);
  return Outcome::ok();
}

// What a pipe tells that came where files are followed.
void add(FollowStats& stats, const FeedStats& pipe) {
  stats.read_bytes += pipe.read_bytes;
  if (pipe.lag_bytes) stats.lag_bytes = stats.lag_bytes.value_or(0) + *pipe.lag_bytes;
}

}  // namespace

struct AccessLogCollector::Impl {
  Impl(std::vector<AccessLogConfig> configs, const AccessLogContext& with, Shard lent,
       Redaction hides)
      : entries(with_rules(std::move(configs), with.rules)),
        context(with),
        shard(std::move(lent)),
        redaction(std::move(hides)) {}

  struct Source {
    std::unique_ptr<FormatBook> formats;
    std::unique_ptr<ProblemNotes> problems;
    SourceTelemetry telemetry;
    RequestSink* requests = nullptr;
    Wrapper wrapper = Wrapper::none;
    std::map<std::string, std::weak_ptr<CutLines>> cut = {};  // by path: of the last file there
    Feed* feed = nullptr;                                     // the follower's; null: files
    Feed* pipe = nullptr;      // the follower's: may come where files are followed
    std::size_t followed = 0;  // index among the follower's sources, of files
  };

  std::vector<AccessLogConfig> entries;
  AccessLogContext context;
  Shard shard;
  Redaction redaction;
  std::map<std::string, std::unique_ptr<Recorder>> recorders;  // by service
  std::vector<std::unique_ptr<Enricher>> enrichers;
  // By entry. Sinks and feeds point to them, so they stay where they are.
  std::vector<std::unique_ptr<Source>> sources;
  std::vector<FollowSource> files;           // until the follower has them
  std::vector<Source*> of_files;             // whose they are
  std::vector<std::unique_ptr<Feed>> feeds;  // until the follower has them
  std::unique_ptr<Follower> follower;
  mutable std::mutex mutex;
  Outcome outcome;

  Result<void> add_source(const FileFamilies& families, const AccessLogConfig& entry);
  void follow(Source& source, const AccessLogConfig& entry, std::unique_ptr<Feed> pipe);
  std::unique_ptr<LineSink> open_sink(Source& source, const std::string& name);
  Result<RequestSink*> requests_of(const AccessLogConfig& entry);
  Result<RequestSink*> recorder_of(const std::string& service);
  [[nodiscard]] ProblemBoard* problem_board() const {
    return context.boards == nullptr ? nullptr : &context.boards->problems;
  }
  Result<void> make_follower();
  void beat(const std::vector<FollowStats>& stats);
  Outcome show(const AccessLogConfig& entry, Source& source, const std::vector<FollowStats>& stats);
  void end();
};

// An entry that does not count enriches; where there is nobody to enrich its requests are let go.
Result<RequestSink*> AccessLogCollector::Impl::requests_of(const AccessLogConfig& entry) {
  if (entry.count.value_or(true)) return recorder_of(entry.service);
  auto notes = context.boards == nullptr ? std::make_shared<ServiceNotes>()
                                         : context.boards->notes.share(entry.service);
  return enrichers
      .emplace_back(std::make_unique<Enricher>(std::move(notes), *context.environment.clock))
      .get();
}

Result<RequestSink*> AccessLogCollector::Impl::recorder_of(const std::string& service) {
  auto& recorder = recorders[service];
  if (!recorder) {
    auto made = Recorder::create({.store = context.store,
                                  .events = context.events,
                                  .facts = context.facts,
                                  .clock = *context.environment.clock,
                                  .known_routes = context.known_routes,
                                  .collector = std::string(kAccessLog),
                                  .boards = context.boards},
                                 shard, service, context.rules);
    if (!made) return made.error();
    recorder = std::move(*made);
  }
  return recorder.get();
}

Result<void> AccessLogCollector::Impl::add_source(const FileFamilies& families,
                                                  const AccessLogConfig& entry) {
  auto format = given_format(entry);
  if (!format) return format.error();
  auto requests = requests_of(entry);
  if (!requests) return requests.error();
  sources.push_back(std::make_unique<Source>());
  Source& source = *sources.back();
  source.formats = std::make_unique<FormatBook>(std::move(*format), entry.options, context.log);
  source.problems = std::make_unique<ProblemNotes>(
      entry.name(),
      ProblemNotes::Parts{redaction, problem_board(), context.log, *context.environment.clock});
  source.requests = *requests;
  const bool has_path = !entry.path.empty();
  if (has_path) source.wrapper = entry.wrapper;
  const FeedSinks sinks = [this, &source](const std::string& name) {
    return open_sink(source, name);
  };
  const FeedContext with{.log = context.log, .handover = context.handover};
  if (auto feed = make_feed(entry, sinks, with)) {
    source.feed = feed.get();
    source.telemetry = families.feed(shard, kAccessLog, entry.name(), has_path);
    feeds.push_back(std::move(feed));
  } else {
    source.telemetry = families.source(shard, kAccessLog, entry.path);
    follow(source, entry, await_pipe(entry, sinks, with));
  }
  source.telemetry.tell(*source.problems);
  return {};
}

void AccessLogCollector::Impl::follow(Source& source, const AccessLogConfig& entry,
                                      std::unique_ptr<Feed> pipe) {
  source.followed = files.size();
  source.pipe = pipe.get();
  files.push_back({.pattern = entry.path,
                   .start_at_beginning = entry.start_at_beginning,
                   .pipe_elsewhere = pipe != nullptr});
  of_files.push_back(&source);
  if (pipe) feeds.push_back(std::move(pipe));
}

std::unique_ptr<LineSink> AccessLogCollector::Impl::open_sink(Source& source,
                                                              const std::string& name) {
  auto lines =
      std::make_unique<LogLines>(name, *source.formats, *source.requests, source.telemetry);
  if (source.wrapper == Wrapper::none) return lines;
  std::erase_if(source.cut, [](const auto& entry) { return entry.second.expired(); });
  auto& cut = source.cut[name];
  auto wrapped = std::make_unique<WrappedLines>(std::move(lines), source.wrapper, cut.lock());
  cut = wrapped->cut_lines();
  return wrapped;
}

Result<void> AccessLogCollector::Impl::make_follower() {
  FollowHooks hooks{
      .open_sink = [this](std::size_t file,
                          const std::string& path) { return open_sink(*of_files[file], path); },
      .beat = [this](const std::vector<FollowStats>& stats) { beat(stats); },
      .feeds = std::move(feeds)};
  auto made = Follower::create(
      std::move(files),
      {.positions = context.positions, .log = context.log, .clock = *context.environment.clock},
      std::move(hooks));
  if (!made) return made.error();
  follower = std::move(*made);
  return {};
}

Outcome AccessLogCollector::Impl::show(const AccessLogConfig& entry, Source& source,
                                       const std::vector<FollowStats>& stats) {
  if (source.feed != nullptr) {
    source.telemetry.show(source.feed->stats());
    return source.feed->outcome();
  }
  FollowStats now = stats[source.followed];
  const bool piped =
      source.pipe != nullptr && source.pipe->outcome().state != Outcome::State::nothing_there;
  if (piped) add(now, source.pipe->stats());
  source.telemetry.show(now);
  return piped ? source.pipe->outcome() : outcome_of(entry, now);
}

void AccessLogCollector::Impl::beat(const std::vector<FollowStats>& stats) {
  Outcome now;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    auto of = show(entries[i], *sources[i], stats);
    if (now.state == Outcome::State::failed) continue;
    if (of.state != Outcome::State::ok) now = std::move(of);
  }
  for (auto& [service, recorder] : recorders) recorder->tick();
  const std::lock_guard lock(mutex);
  outcome = std::move(now);
}

void AccessLogCollector::Impl::end() {
  // What follows nothing any more has no files and no lag, whichever shard tells of it later.
  for (auto& source : sources) source->telemetry.clear();
}

AccessLogCollector::AccessLogCollector(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AccessLogCollector::~AccessLogCollector() = default;

Result<std::unique_ptr<AccessLogCollector>> AccessLogCollector::create(
    std::vector<AccessLogConfig> entries, AccessLogContext context) {
  std::set<std::string> names;
  for (const auto& entry : entries) {
    if (!names.insert(entry.name()).second) return Error{entry.name() + " is named twice"};
  }
  auto families = FileFamilies::declare(context.store);
  if (!families) return families.error();
  auto redaction = Redaction::create(context.rules);
  if (!redaction) return redaction.error();
  auto shard = context.store.shard();
  if (!shard) return shard.error();
  auto impl =
      std::make_unique<Impl>(std::move(entries), context, std::move(*shard), std::move(*redaction));
  for (const auto& entry : impl->entries) {
    if (auto added = impl->add_source(*families, entry); !added) return added.error();
  }
  if (auto made = impl->make_follower(); !made) return made.error();
  return std::unique_ptr<AccessLogCollector>(new AccessLogCollector(std::move(impl)));
}

void AccessLogCollector::run(std::stop_token stop) {
  impl_->follower->run(std::move(stop));
  impl_->end();
}

bool AccessLogCollector::ready() const {
  return impl_->follower->caught_up();
}

Outcome AccessLogCollector::outcome() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->outcome;
}

std::string AccessLogCollector::describe() const {
  std::string text;
  for (const auto& entry : impl_->entries) {
    if (!text.empty()) text += "; ";
    text += describe_access_log(entry);
  }
  return text;
}

}  // namespace wayside
