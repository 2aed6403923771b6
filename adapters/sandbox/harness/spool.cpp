// The part of the C++ harness that does not depend on the candidate's types; compiled once per compiler.
#define SPOOL_HARNESS
#include "spool.hpp"
#include <cerrno>
#include <cxxabi.h>
#include <new>
#include <typeinfo>
#include <unistd.h>

namespace spool {

void refuse(std::string words) { throw Unanswerable{std::move(words)}; }

void mismatch(const char* wanted, const Json& got) {
  static const char* const kinds[] = {"null", "a boolean", "a number", "a string", "an array", "an object"};
  refuse(std::string("The test gives ") + kinds[got.kind] + " where the function takes " + wanted + ".");
}

Json::Json() = default;
Json::Json(Json&&) noexcept = default;
Json::~Json() = default;

#define SPOOL_DEFINE(...) template __VA_ARGS__ from<__VA_ARGS__>(const Json&); template void to<__VA_ARGS__>(Writer&, const __VA_ARGS__&);
SPOOL_USUAL(SPOOL_DEFINE)
#undef SPOOL_DEFINE

void require_count(const char* what, std::size_t wanted, const Json& got) {
  if (got.items.size() != wanted) refuse(std::string(what) + " takes " + std::to_string(wanted) + (wanted == 1 ? " value and" : " values and") + " the test gives " + std::to_string(got.items.size()) + ".");
}

void write_string(Writer& out, std::string_view value) {
  out.text += '"';
  for (unsigned char each : value) {
    if (each == '"' || each == '\\') {
      out.text += '\\';
      out.text += static_cast<char>(each);
    } else if (each < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", each);
      out.text += escaped;
    } else out.text += static_cast<char>(each);
  }
  out.text += '"';
}

void write_double(Writer& out, double value) {
  if (!std::isfinite(value)) {
    out.special = true;
    out.text += std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    return;
  }
  char digits[40];
  out.text.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

double read_double(const Json& value) {
  if (value.kind != Json::number) mismatch("a number", value);
  double number = 0;
  std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
  return number;
}

long long read_integer(const Json& value, long long lowest, unsigned long long highest) {
  if (value.kind != Json::number) mismatch("an integer", value);
  const char* end = value.text.data() + value.text.size();
  auto outside = [&]() { refuse("The test gives " + value.text + ", which does not fit into the parameter's type (" + std::to_string(lowest) + " to " + std::to_string(highest) + ")."); };
  if (value.text[0] != '-') {
    unsigned long long number = 0;
    auto [at, problem] = std::from_chars(value.text.data(), end, number);
    if (problem == std::errc{} && at == end) {
      if (number > highest) outside();
      return static_cast<long long>(number);
    }
  } else {
    long long number = 0;
    auto [at, problem] = std::from_chars(value.text.data(), end, number);
    if (problem == std::errc{} && at == end) {
      if (number < lowest) outside();
      return number;
    }
  }
  const double number = read_double(value);
  if (number != std::floor(number)) refuse("The test gives " + value.text + ", which is no integer.");
  if (number < static_cast<double>(lowest) || number >= static_cast<double>(highest) + 1.0) outside();
  return static_cast<long long>(number);
}

namespace {

struct Parser {
  const char* at;
  const char* end;

  [[noreturn]] void broken() { _exit(98); }
  void blank() {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
  }
  char peek() {
    blank();
    return at < end ? *at : (broken(), '\0');
  }
  void word(const char* text) {
    for (; *text; ++text, ++at) if (at >= end || *at != *text) broken();
  }
  unsigned four() {
    unsigned code = 0;
    for (int index = 0; index < 4; ++index, ++at) {
      if (at >= end) broken();
      const char c = *at;
      code = code * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return code;
  }
  void utf8(std::string& to, unsigned code) {
    if (code < 0x80) to += static_cast<char>(code);
    else if (code < 0x800) (to += static_cast<char>(0xc0 | code >> 6)) += static_cast<char>(0x80 | (code & 63));
    else if (code < 0x10000) ((to += static_cast<char>(0xe0 | code >> 12)) += static_cast<char>(0x80 | (code >> 6 & 63))) += static_cast<char>(0x80 | (code & 63));
    else (((to += static_cast<char>(0xf0 | code >> 18)) += static_cast<char>(0x80 | (code >> 12 & 63))) += static_cast<char>(0x80 | (code >> 6 & 63))) += static_cast<char>(0x80 | (code & 63));
  }
  std::string string() {
    std::string text;
    ++at;
    for (;;) {
      if (at >= end) broken();
      const char c = *at++;
      if (c == '"') return text;
      if (c != '\\') {
        text += c;
        continue;
      }
      if (at >= end) broken();
      switch (const char escaped = *at++) {
        case 'n': text += '\n'; break;
        case 't': text += '\t'; break;
        case 'r': text += '\r'; break;
        case 'b': text += '\b'; break;
        case 'f': text += '\f'; break;
        case 'u': {
          unsigned code = four();
          if (code >= 0xd800 && code < 0xdc00 && at + 1 < end && at[0] == '\\' && at[1] == 'u') {
            at += 2;
            code = 0x10000 + ((code - 0xd800) << 10) + (four() - 0xdc00);
          }
          utf8(text, code);
          break;
        }
        default: text += escaped;
      }
    }
  }
  Json value(int depth) {
    if (depth > max_depth) broken();
    Json json;
    switch (peek()) {
      case 'n': word("null"); break;
      case 't': word("true"); json.kind = Json::boolean; json.truth = true; break;
      case 'f': word("false"); json.kind = Json::boolean; break;
      case '"': json.kind = Json::string; json.text = string(); break;
      case '[':
      case '{': {
        const bool object = *at == '{';
        json.kind = object ? Json::object : Json::array;
        ++at;
        if (peek() == (object ? '}' : ']')) {
          ++at;
          break;
        }
        for (;;) {
          if (object) {
            if (peek() != '"') broken();
            json.names.push_back(string());
            if (peek() != ':') broken();
            ++at;
          }
          json.items.push_back(value(depth + 1));
          const char next = peek();
          ++at;
          if (next == ',') continue;
          if (next == (object ? '}' : ']')) break;
          broken();
        }
        break;
      }
      default: {
        json.kind = Json::number;
        const char* start = at;
        while (at < end && (*at == '-' || *at == '+' || *at == '.' || *at == 'e' || *at == 'E' || (*at >= '0' && *at <= '9'))) ++at;
        if (at == start) broken();
        json.text.assign(start, at);
      }
    }
    return json;
  }
};

void read_exactly(char* to, std::size_t count) {
  while (count > 0) {
    const ssize_t got = ::read(3, to, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) _exit(0);
    to += got;
    count -= static_cast<std::size_t>(got);
  }
}

void write_all(int fd, const char* from, std::size_t count) {
  while (count > 0) {
    const ssize_t put = ::write(fd, from, count);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return;
    from += put;
    count -= static_cast<std::size_t>(put);
  }
}

void send(const std::string& text) {
  const std::size_t count = text.size();
  std::string message{static_cast<char>(count), static_cast<char>(count >> 8), static_cast<char>(count >> 16), static_cast<char>(count >> 24), 'J'};
  message += text;
  write_all(4, message.data(), message.size());
}

const Json* member(const Json& object, const char* name) {
  for (std::size_t at = 0; at < object.names.size(); ++at) if (object.names[at] == name) return &object.items[at];
  return nullptr;
}

std::string failure(const std::string& id, const std::string& words, const char* kind = nullptr) {
  Writer out;
  out.text = "{\"id\":" + id + ",\"ok\":false,\"error\":";
  write_string(out, words.substr(0, 4000));
  if (kind) out.text += std::string(",\"kind\":\"") + kind + "\"";
  return out.text + "}";
}

std::string name_of(const std::type_info& type) {
  int status = 0;
  char* name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  std::string words = status == 0 ? name : type.name();
  std::free(name);
  return words;
}

}  // namespace

int serve(void (*answer)(const Json&, Writer&)) {
  std::setvbuf(stdout, nullptr, _IOLBF, 4096);
  send("{\"type\":\"load\",\"ok\":true}");
  for (;;) {
    char head[5];
    read_exactly(head, 5);
    const auto* bytes = reinterpret_cast<const unsigned char*>(head);
    std::string text(bytes[0] | bytes[1] << 8 | bytes[2] << 16 | static_cast<std::size_t>(bytes[3]) << 24, '\0');
    read_exactly(text.data(), text.size());
    const Json message = Parser{text.data(), text.data() + text.size()}.value(0);
    if (const Json* mark = member(message, "mark")) {
      std::cout.flush();
      std::cerr.flush();
      std::fflush(nullptr);
      for (int fd : {1, 2}) write_all(fd, mark->text.data(), mark->text.size());
    }
    const Json* input = member(message, "input");
    if (!input) continue;
    const std::string id = member(message, "id")->text;
    std::string reply;
    try {
      Writer out;
      answer(*input, out);
      reply = "{\"id\":" + id + ",\"ok\":true,\"special\":" + (out.special ? "true" : "false") + ",\"value\":" + out.text + "}";
    } catch (const Unanswerable& words) {
      reply = failure(id, words.words);
    } catch (const std::bad_alloc&) {
      reply = failure(id, "std::bad_alloc: there was no memory left", "memory");
    } catch (const std::exception& error) {
      reply = failure(id, name_of(typeid(error)) + ": " + error.what());
    } catch (...) {
      const std::type_info* type = abi::__cxa_current_exception_type();
      reply = failure(id, "An exception of type " + (type ? name_of(*type) : "unknown") + " was thrown.");
    }
    send(reply);
  }
}

}  // namespace spool
