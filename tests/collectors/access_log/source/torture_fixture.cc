#include "tests/collectors/access_log/source/torture_fixture.h"

#include <algorithm>

namespace wayside {

namespace fs = std::filesystem;

Tormentor::Tormentor(std::string directory, std::size_t lines, const Tally& read)
    : directory_(std::move(directory)), lines_(lines), read_(read) {
  open(log());
}

std::size_t Tormentor::pick(std::size_t least, std::size_t most) {
  return std::uniform_int_distribution<std::size_t>(least, most)(random_);
}

void Tormentor::run() {
  while (written_ < lines_ && !testing::Test::HasFatalFailure()) {
    write(pick(1, lines_ / 50));
    rotate();
  }
}

// Some lines at once, cut anywhere.
void Tormentor::write(std::size_t lines) {
  const std::size_t until = std::min(lines_, written_ + lines);
  while (written_ < until) {
    std::string text;
    for (std::size_t i = pick(1, 60); i > 0 && written_ < until; --i) {
      text += std::to_string(written_++) + " GET /api/students/17 HTTP/1.1 200 0.012 end\n";
    }
    const std::size_t part = pick(0, text.size());
    writer_->write(text.substr(0, part));
    writer_->write(text.substr(part));
  }
}

void Tormentor::open(const std::string& path) {
  writer_ = std::make_unique<Writer>(path);
  begun_ = written_;
}

void Tormentor::await_reader() {
  write(1);
  const std::size_t enough = std::min(begun_ + 1, written_);
  ASSERT_TRUE(eventually([&] { return read_.lines() >= enough; })) << begun_;
}

void Tormentor::rotate() {
  const std::size_t way = pick(0, 5);
  ++turns_[way];
  switch (way) {
    case 0:
      rename();
      break;
    case 1:
      copy_and_cut_it();
      break;
    case 2:
      remove();
      break;
    case 3:
      switch_link();
      break;
    case 4:
      new_day();
      break;
    default:
      burst();
  }
}

void Tormentor::move_away() {
  std::error_code none;
  fs::rename(log(), log() + "." + std::to_string(++names_), none);
}

void Tormentor::rename() {
  move_away();
  write(pick(0, 50));  // into the old one
  open(log());
}

void Tormentor::copy_and_cut_it() {
  std::error_code none;
  if (!fs::exists(log(), none)) return;
  open(log());
  await_reader();
  copy_and_cut(log(), log() + "." + std::to_string(++names_));
}

void Tormentor::remove() {
  std::error_code none;
  if (!deletes_ || !fs::exists(log(), none)) return;
  open(log());
  await_reader();
  write(pick(0, 1000));
  fs::remove(log());
  write(pick(0, 50));
  open(log());
}

void Tormentor::switch_link() {
  if (fs::is_symlink(log())) {
    await_reader();
  } else {
    move_away();
  }
  const std::string target = directory_ + "/target-" + std::to_string(++names_);
  Writer next(target);
  fs::create_symlink(target, directory_ + "/link");
  fs::rename(directory_ + "/link", log());
  write(pick(0, 50));
  open(log());
}

void Tormentor::new_day() {
  open(directory_ + "/day-" + std::to_string(++names_) + ".log");
  write(pick(1, 5000));
}

void Tormentor::burst() {
  for (std::size_t i = pick(2, 6); i > 0; --i) {
    move_away();
    open(log());
    write(pick(0, 3));
  }
}

}  // namespace wayside
