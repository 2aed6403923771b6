// What a candidate's C++ is compiled with: the usual headers, and the conversion of values between JSON and its types.
// Precompiled once per compiler; see languages/cpp.ts.
#ifndef SPOOL_HPP
#define SPOOL_HPP
#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <climits>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <iomanip>
#include <iostream>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <queue>
#include <random>
#include <set>
#include <sstream>
#include <stack>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace spool {

/// A JSON value. Numbers keep their text, so that no integer loses a digit on the way.
struct Json {
  enum Kind : unsigned char { null, boolean, number, string, array, object } kind = null;
  bool truth = false;
  std::string text;
  std::vector<Json> items;
  std::vector<std::string> names;
  Json();
  Json(Json&&) noexcept;
  Json(const Json&) = delete;
  ~Json();
};

/// What the harness says instead of an answer.
struct Unanswerable {
  std::string words;
};

struct Writer {
  std::string text;
  bool special = false;
};

[[noreturn]] void refuse(std::string words);
[[noreturn]] void mismatch(const char* wanted, const Json& got);
void require_count(const char* what, std::size_t wanted, const Json& got);
void write_string(Writer& out, std::string_view value);
void write_double(Writer& out, double value);
long long read_integer(const Json& value, long long lowest, unsigned long long highest);
double read_double(const Json& value);

constexpr int max_depth = 200;
constexpr std::size_t max_nodes = 1'000'000;

template <class> inline constexpr bool unknown = false;
template <class T> concept ListLike = requires(T& node) { node.val; requires std::is_convertible_v<decltype(node.next), T*>; };
template <class T> concept TreeLike = requires(T& node) { node.val; requires std::is_convertible_v<decltype(node.left), T*>; requires std::is_convertible_v<decltype(node.right), T*>; };
template <class T> concept MapLike = requires { typename T::key_type; typename T::mapped_type; };
template <class T> concept SetLike = requires { typename T::key_type; } && !MapLike<T>;
template <class T> concept Sequence = requires(T& all, typename T::value_type one) { all.push_back(one); all.begin(); };
template <class T> concept Optional = requires(T& value) { value.has_value(); *value; typename T::value_type; } ;

struct Any {
  template <class T> operator T() const;
};
/// How many fields an aggregate has, up to six.
template <class T> constexpr int fields() {
  if constexpr (requires { T{Any{}, Any{}, Any{}, Any{}, Any{}, Any{}, Any{}}; }) return 7;
  else if constexpr (requires { T{Any{}, Any{}, Any{}, Any{}, Any{}, Any{}}; }) return 6;
  else if constexpr (requires { T{Any{}, Any{}, Any{}, Any{}, Any{}}; }) return 5;
  else if constexpr (requires { T{Any{}, Any{}, Any{}, Any{}}; }) return 4;
  else if constexpr (requires { T{Any{}, Any{}, Any{}}; }) return 3;
  else if constexpr (requires { T{Any{}, Any{}}; }) return 2;
  else if constexpr (requires { T{Any{}}; }) return 1;
  else return 0;
}
template <class T> auto fields_of(T& value) {
  constexpr int count = fields<std::remove_const_t<T>>();
  static_assert(count <= 6, "A struct that crosses as a value may have at most six fields.");
  if constexpr (count == 1) { auto& [a] = value; return std::tie(a); }
  else if constexpr (count == 2) { auto& [a, b] = value; return std::tie(a, b); }
  else if constexpr (count == 3) { auto& [a, b, c] = value; return std::tie(a, b, c); }
  else if constexpr (count == 4) { auto& [a, b, c, d] = value; return std::tie(a, b, c, d); }
  else if constexpr (count == 5) { auto& [a, b, c, d, e] = value; return std::tie(a, b, c, d, e); }
  else if constexpr (count == 6) { auto& [a, b, c, d, e, f] = value; return std::tie(a, b, c, d, e, f); }
  else return std::tie();
}

template <class T> T from(const Json& value);
template <class T> void to(Writer& out, const T& value);

inline const std::vector<Json>& items_of(const Json& value, const char* wanted) {
  if (value.kind != Json::array) mismatch(wanted, value);
  return value.items;
}

template <class Tuple, std::size_t... I> void fill(Tuple&& fields, const Json& value, std::index_sequence<I...>) {
  const auto& items = items_of(value, "an array of its fields");
  require_count("An array of its fields", sizeof...(I), value);
  ((std::get<I>(fields) = from<std::decay_t<decltype(std::get<I>(fields))>>(items[I])), ...);
}
template <class Tuple, std::size_t... I> void put(Writer& out, const Tuple& fields, std::index_sequence<I...>) {
  out.text += '[';
  ((I ? void(out.text += ',') : void(), to(out, std::get<I>(fields))), ...);
  out.text += ']';
}

/// A node without links, whatever constructors it has.
template <class Node> Node* node_of(const Json& value) {
  using Value = std::decay_t<decltype(std::declval<Node&>().val)>;
  if constexpr (std::is_default_constructible_v<Node>) {
    auto* node = new Node{};
    node->val = from<Value>(value);
    return node;
  } else return new Node(from<Value>(value));
}

template <class Node> Node* list_from(const Json& value) {
  if (value.kind == Json::null) return nullptr;
  Node* head = nullptr;
  const auto& items = items_of(value, "an array for a list");
  for (std::size_t at = items.size(); at-- > 0;) {
    auto* node = node_of<Node>(items[at]);
    node->next = head;
    head = node;
  }
  return head;
}

template <class Node> Node* tree_from(const Json& value) {
  if (value.kind == Json::null) return nullptr;
  const auto& items = items_of(value, "an array for a tree");
  if (items.empty() || items[0].kind == Json::null) return nullptr;
  auto make = [](const Json& item) {
    auto* node = node_of<Node>(item);
    node->left = node->right = nullptr;
    return node;
  };
  std::vector<Node*> level{make(items[0])};
  for (std::size_t at = 1, parent = 0; at < items.size(); ++parent) {
    for (auto side : {&Node::left, &Node::right}) {
      if (at >= items.size()) break;
      const Json& item = items[at++];
      if (item.kind == Json::null) continue;
      if (parent >= level.size()) refuse("The tree has values below a missing node.");
      level[parent]->*side = make(item);
      level.push_back(level[parent]->*side);
    }
  }
  return level[0];
}

template <class T> T from(const Json& value) {
  if constexpr (std::is_same_v<T, bool>) {
    if (value.kind != Json::boolean) mismatch("true or false", value);
    return value.truth;
  } else if constexpr (std::is_same_v<T, char>) {
    if (value.kind != Json::string || value.text.size() != 1) mismatch("a string of one character", value);
    return value.text[0];
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(read_integer(value, static_cast<long long>(std::numeric_limits<T>::min()), static_cast<unsigned long long>(std::numeric_limits<T>::max())));
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(read_double(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (value.kind != Json::string) mismatch("a string", value);
    return value.text;
  } else if constexpr (std::is_pointer_v<T> && ListLike<std::remove_pointer_t<T>>) {
    return list_from<std::remove_pointer_t<T>>(value);
  } else if constexpr (std::is_pointer_v<T> && TreeLike<std::remove_pointer_t<T>>) {
    return tree_from<std::remove_pointer_t<T>>(value);
  } else if constexpr (MapLike<T>) {
    T all;
    if (value.kind != Json::object) mismatch("an object", value);
    for (std::size_t at = 0; at < value.items.size(); ++at) {
      Json name;
      name.kind = std::is_same_v<typename T::key_type, std::string> || std::is_same_v<typename T::key_type, char> ? Json::string : Json::number;
      name.text = value.names[at];
      all.insert_or_assign(from<typename T::key_type>(name), from<typename T::mapped_type>(value.items[at]));
    }
    return all;
  } else if constexpr (SetLike<T>) {
    T all;
    for (const Json& item : items_of(value, "an array")) all.insert(from<typename T::value_type>(item));
    return all;
  } else if constexpr (Sequence<T>) {
    T all;
    for (const Json& item : items_of(value, "an array")) all.push_back(from<typename T::value_type>(item));
    return all;
  } else if constexpr (Optional<T>) {
    if (value.kind == Json::null) return T{};
    return T{from<typename T::value_type>(value)};
  } else if constexpr (requires { std::tuple_size<T>::value; }) {
    T all{};
    fill(all, value, std::make_index_sequence<std::tuple_size_v<T>>{});
    return all;
  } else if constexpr (std::is_aggregate_v<T> && !std::is_array_v<T>) {
    T all{};
    fill(fields_of(all), value, std::make_index_sequence<std::tuple_size_v<decltype(fields_of(all))>>{});
    return all;
  } else {
    static_assert(unknown<T>, "A parameter of this type cannot be made from JSON. Use numbers, bool, std::string, std::vector, std::map, std::pair, std::optional, ListNode* or TreeNode*.");
  }
}

template <class Node> void put_list(Writer& out, const Node* node) {
  std::size_t count = 0;
  const Node* slow = node;
  out.text += '[';
  for (; node; node = node->next) {
    if (count) out.text += ',';
    if (++count % 2 == 0) slow = slow->next;
    if (count > 1 && node == slow && count > 2) refuse("The list that was returned runs in a circle.");
    if (count > max_nodes) refuse("The list that was returned has more than a million nodes.");
    to(out, node->val);
  }
  out.text += ']';
}

template <class Node> void put_tree(Writer& out, const Node* root) {
  std::vector<const Node*> level{root};
  std::unordered_set<const Node*> seen;
  std::size_t last = 0;
  for (std::size_t at = 0; at < level.size(); ++at) {
    if (!level[at]) continue;
    if (!seen.insert(level[at]).second) refuse("The tree that was returned has a node in two places.");
    if (seen.size() > max_nodes) refuse("The tree that was returned has more than a million nodes.");
    last = at + 1;
    level.push_back(level[at]->left);
    level.push_back(level[at]->right);
  }
  out.text += '[';
  for (std::size_t at = 0; at < last; ++at) {
    if (at) out.text += ',';
    if (level[at]) to(out, level[at]->val);
    else out.text += "null";
  }
  out.text += ']';
}

template <class T> void to(Writer& out, const T& value) {
  if constexpr (std::is_same_v<T, bool>) out.text += value ? "true" : "false";
  else if constexpr (std::is_same_v<T, char>) write_string(out, std::string_view(&value, 1));
  else if constexpr (std::is_integral_v<T>) out.text += std::to_string(value);
  else if constexpr (std::is_floating_point_v<T>) write_double(out, static_cast<double>(value));
  else if constexpr (std::is_enum_v<T>) to(out, static_cast<std::underlying_type_t<T>>(value));
  else if constexpr (std::is_convertible_v<const T&, std::string_view>) write_string(out, std::string_view(value));
  else if constexpr (std::is_same_v<T, std::monostate> || std::is_same_v<T, std::nullopt_t> || std::is_same_v<T, std::nullptr_t>) out.text += "null";
  else if constexpr (std::is_pointer_v<T> && ListLike<std::remove_const_t<std::remove_pointer_t<T>>>) put_list(out, value);
  else if constexpr (std::is_pointer_v<T> && TreeLike<std::remove_const_t<std::remove_pointer_t<T>>>) put_tree(out, value);
  else if constexpr (MapLike<T>) {
    out.text += '{';
    bool first = true;
    for (const auto& [name, each] : value) {
      if (!first) out.text += ',';
      first = false;
      if constexpr (std::is_convertible_v<decltype(name), std::string_view>) write_string(out, name);
      else {
        Writer inner;
        to(inner, name);
        if (!inner.text.empty() && inner.text[0] == '"') out.text += inner.text;
        else write_string(out, inner.text);
      }
      out.text += ':';
      to(out, each);
    }
    out.text += '}';
  } else if constexpr (requires { value.begin(); value.end(); typename T::value_type; }) {
    out.text += '[';
    bool first = true;
    for (auto&& each : value) {
      if (!first) out.text += ',';
      first = false;
      to(out, static_cast<const typename T::value_type&>(each));
    }
    out.text += ']';
  } else if constexpr (Optional<T>) {
    if (value.has_value()) to(out, *value);
    else out.text += "null";
  } else if constexpr (requires { std::tuple_size<T>::value; }) put(out, value, std::make_index_sequence<std::tuple_size_v<T>>{});
  else if constexpr (std::is_aggregate_v<T> && !std::is_array_v<T>) {
    auto fields = fields_of(value);
    put(out, fields, std::make_index_sequence<std::tuple_size_v<decltype(fields)>>{});
  } else static_assert(unknown<T>, "A value of this type has no JSON form. Return numbers, bool, std::string, std::vector, std::map, std::pair, std::optional, ListNode* or TreeNode*.");
}

template <class... A, class Call, std::size_t... I> void call_with(const Json& input, Writer& out, Call&& call, std::index_sequence<I...>) {
  require_count("The function", sizeof...(A), input);
  std::tuple<std::decay_t<A>...> values{from<std::decay_t<A>>(input.items[I])...};
  using R = decltype(call(static_cast<A&&>(std::get<I>(values))...));
  if constexpr (std::is_void_v<R>) {
    call(static_cast<A&&>(std::get<I>(values))...);
    out.text += "null";
  } else to(out, static_cast<const std::decay_t<R>&>(call(static_cast<A&&>(std::get<I>(values))...)));
}

template <class R, class... A, bool N> void invoke(R (*function)(A...) noexcept(N), const Json& input, Writer& out) {
  call_with<A...>(input, out, function, std::index_sequence_for<A...>{});
}
// A fresh object per test, so that one test's state is not the next one's.
template <class C, class R, class... A, bool N> void invoke(R (C::*method)(A...) noexcept(N), const Json& input, Writer& out) {
  C object{};
  call_with<A...>(input, out, [&](A... values) -> R { return (object.*method)(static_cast<A&&>(values)...); }, std::index_sequence_for<A...>{});
}
template <class C, class R, class... A, bool N> void invoke(R (C::*method)(A...) const noexcept(N), const Json& input, Writer& out) {
  const C object{};
  call_with<A...>(input, out, [&](A... values) -> R { return (object.*method)(static_cast<A&&>(values)...); }, std::index_sequence_for<A...>{});
}

// The usual types are converted by code that is compiled once, with the harness.
#define SPOOL_USUAL(X) X(bool) X(char) X(int) X(unsigned) X(long) X(long long) X(unsigned long long) X(double) X(std::string) X(std::vector<int>) X(std::vector<long long>) X(std::vector<double>) X(std::vector<bool>) X(std::vector<char>) X(std::vector<std::string>) X(std::vector<std::vector<int>>) X(std::vector<std::vector<char>>) X(std::vector<std::vector<std::string>>) X(std::vector<std::vector<double>>)
#ifndef SPOOL_HARNESS
#define SPOOL_DECLARE(...) extern template __VA_ARGS__ from<__VA_ARGS__>(const Json&); extern template void to<__VA_ARGS__>(Writer&, const __VA_ARGS__&);
SPOOL_USUAL(SPOOL_DECLARE)
#undef SPOOL_DECLARE
#endif

/// Talks to the runner until there is nothing more to do.
int serve(void (*answer)(const Json&, Writer&));

}  // namespace spool
#endif
