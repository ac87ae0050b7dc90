#include "tests/support/certificates.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "tests/support/temp_dir.h"

namespace wayside::support {
namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using Memory = std::unique_ptr<BIO, int (*)(BIO*)>;

Key make_key() {
  return {EVP_EC_gen("P-256"), EVP_PKEY_free};
}

void add_extension(X509* to, int what, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, what, value);
  X509_add_ext(to, extension, -1);
  X509_EXTENSION_free(extension);
}

// Without an issuer it is its own.
Certificate make_certificate(const std::string& name, EVP_PKEY* key, int days, X509* issuer,
                             EVP_PKEY* issuer_key) {
  constexpr long kHour = 3600;
  Certificate made{X509_new(), X509_free};
  X509_set_version(made.get(), 2);
  std::uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(made.get()), serial >> 1U | 1U);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -kHour - (days < 0 ? 48 * kHour : 0));
  X509_gmtime_adj(X509_getm_notAfter(made.get()), days * 24 * kHour);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(made.get(), X509_get_subject_name(issuer == nullptr ? made.get() : issuer));
  X509_set_pubkey(made.get(), key);
  if (issuer == nullptr) {
    add_extension(made.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(made.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  } else {
    add_extension(made.get(), NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
  }
  EXPECT_GT(X509_sign(made.get(), issuer_key, EVP_sha256()), 0) << name;
  return made;
}

template <typename Write>
void write_pem(const std::filesystem::path& path, Write write) {
  const Memory memory{BIO_new(BIO_s_mem()), BIO_free};
  EXPECT_EQ(write(memory.get()), 1) << path;
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  write_file(path, {text, static_cast<std::size_t>(size)});
}

void write_certificate(const std::filesystem::path& path, X509* certificate) {
  write_pem(path, [&](BIO* to) { return PEM_write_bio_X509(to, certificate); });
}

}  // namespace

Authority::Authority(std::filesystem::path dir, const std::string& name)
    : dir_(std::move(dir)),
      name_(name),
      key_(make_key()),
      certificate_(make_certificate(name, key_.get(), 30, nullptr, key_.get())) {
  write_certificate(file(), certificate_.get());
}

Authority::~Authority() = default;

Identity Authority::issue(const std::string& name, int days) const {
  const Key key = make_key();
  const Certificate made = make_certificate(name, key.get(), days, certificate_.get(), key_.get());
  const Identity identity{dir_ / (name + ".pem"), dir_ / (name + ".key")};
  write_certificate(identity.cert, made.get());
  write_pem(identity.key, [&](BIO* to) {
    return PEM_write_bio_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  std::filesystem::permissions(identity.key, std::filesystem::perms(0600));
  return identity;
}

}  // namespace wayside::support
