#pragma once

#include <filesystem>
#include <memory>
#include <string>

struct x509_st;
struct evp_pkey_st;

namespace wayside::support {

// A certificate and its key, as PEM files.
struct Identity {
  std::filesystem::path cert;
  std::filesystem::path key;
};

// A CA of a test's own, with keys on P-256. Writes its certificate as NAME.pem, and what it issues
// beside it. What cannot be made fails the test.
class Authority {
 public:
  Authority(std::filesystem::path dir, const std::string& name);
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  [[nodiscard]] std::filesystem::path file() const { return dir_ / (name_ + ".pem"); }
  // A certificate for 127.0.0.1 that is valid for so many days from an hour ago on, as NAME.pem
  // and NAME.key; files of that name are overwritten.
  Identity issue(const std::string& name, int days = 2) const;

 private:
  std::filesystem::path dir_;
  std::string name_;
  std::unique_ptr<evp_pkey_st, void (*)(evp_pkey_st*)> key_;
  std::unique_ptr<x509_st, void (*)(x509_st*)> certificate_;
};

}  // namespace wayside::support
