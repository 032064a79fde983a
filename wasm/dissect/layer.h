// A layer at work: a Cursor whose reads also report the field that was read, as a line of the packet's tree. Leaving
// its scope closes the layer in the tree and hands a shortage on to the context.
//
//   Layer in(context, udp, bytes);
//   const auto port = in(f.source_port);           // width, byte order and bits are the declaration's
//   in.append(" (", name, ")");                    // behind the last line's own text
//   const auto [leap, mode] = in.bits(f.leap, f.mode);
//   auto below = in.below();                       // lines below the last one, until the end of the scope
//   auto query = in.part("Queries");               // a line that spans what is read until the end of the scope
#pragma once

#include <array>
#include <string_view>

#include "dissect/context.h"

namespace tracedrop::dissect {

class Layer : public Cursor {
 public:
  Layer(Context& context, const Protocol& protocol, Bytes bytes)
      : Cursor(bytes), context_(context), protocol_(protocol), tree_(tree_of(context, protocol)) {
    context.enter_layer(protocol);
    if (tree() != nullptr) line_ = tree()->open_layer(protocol, bytes);
  }
  /// A part of `outer` with an end of its own, or bytes that stand in its place (put together, decoded): its lines
  /// stand where the outer ones would, and what it lacks is nobody's shortage.
  Layer(Layer& outer, Bytes bytes)
      : Cursor(bytes),
        context_(outer.context_),
        protocol_(outer.protocol_),
        tree_(outer.tree_),
        line_(outer.line_),
        is_part_(true) {}
  /// One more packet of the same protocol in what carries it: in the tree it is a layer, in the chain of layers it is
  /// not.
  struct Repeated {};
  Layer(Context& context, const Protocol& protocol, Bytes bytes, Repeated)
      : Cursor(bytes), context_(context), protocol_(protocol), tree_(tree_of(context, protocol)) {
    if (tree() != nullptr) line_ = tree()->open_layer(protocol, bytes);
  }
  /// A layer that stands within the line of an open one of `outer`, as IPv6's extension headers do.
  Layer(Context& context, const Protocol& protocol, Bytes bytes, const Protocol& outer)
      : Cursor(bytes), context_(context), protocol_(protocol), tree_(tree_of(context, protocol)) {
    context.enter_layer(protocol);
    if (tree() != nullptr) line_ = tree()->open_layer(protocol, bytes, tree()->open_layer_of(outer));
  }
  ~Layer() {
    if (is_part_) return;
    if (tree() != nullptr) tree()->close_layer(line_, span_.data() != nullptr ? span_ : all().first(at()));
    if (ok() || context_.shortage != Shortage::none) return;
    context_.shortage = shortage();
    context_.short_layer = &protocol_;
  }
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  using Cursor::be16;
  using Cursor::be24;
  using Cursor::be32;
  using Cursor::bytes;
  using Cursor::u8;

  // ---- reading ----

  /// Reads a field of fixed width; the value of an address or a GUID is in its bytes, and 0 here. Of numbers with more
  /// than 32 bits it is the lower half: wide() gives all of it.
  uint32_t operator()(const Field& field) { return static_cast<uint32_t>(wide(field)); }
  uint64_t wide(const Field& field) {
    const uint64_t value = masked(field.format, read(field.format));
    if (tree() != nullptr) report(field, field.format.width, value);
    return value;
  }
  /// Reads once what the first of them reads, and reports the bits of each.
  template <typename... Fields>
  std::array<uint32_t, sizeof...(Fields)> bits(const Fields&... fields) {
    const Format& format = first_of(fields...).format;
    const uint64_t value = read(format);
    if (tree() != nullptr) (report(fields, format.width, masked(fields.format, value)), ...);
    return {static_cast<uint32_t>(masked(fields.format, value))...};
  }
  /// Reads `field` at `at` of the layer, without moving.
  uint64_t peek(const Field& field, size_t at);
  Bytes bytes(const Field& field, size_t count) {
    const Bytes found = Cursor::bytes(count);
    if (tree() != nullptr) report_bytes(field, found);
    return found;
  }
  std::string_view text(const Field& field, size_t count) { return bytes(field, count).text(); }
  /// A text that ends with a zero byte, which belongs to the line but not to the value.
  std::string_view text0(const Field& field);

  uint8_t u8(const Field& field) { return static_cast<uint8_t>(reported(field, 1, Cursor::u8())); }
  uint16_t be16(const Field& field) { return static_cast<uint16_t>(reported(field, 2, Cursor::be16())); }
  uint32_t be24(const Field& field) { return static_cast<uint32_t>(reported(field, 3, Cursor::be24())); }
  uint32_t be32(const Field& field) { return static_cast<uint32_t>(reported(field, 4, Cursor::be32())); }

  /// Reads an address for one of the columns, which keeps what it had when the address is cut short.
  void address(const Field& field, AddressKind kind, size_t count, AddressBytes& column) {
    const Bytes raw = bytes(field, count);
    if (!ok()) return;
    column = {kind, raw};
    context_.begin_network();
  }

  // ---- lines of what was read already, or concluded ----

  /// A value of the bytes [at, at + size) of the layer.
  void add(const Field& field, uint64_t value, size_t at, size_t size) {
    if (tree() != nullptr) tree()->add(field, all().sub(at, size), value);
  }
  void add_text(const Field& field, std::string_view value, size_t at, size_t size) {
    if (tree() != nullptr) tree()->add_text_value(field, all().sub(at, size), value);
  }
  void add_bytes(const Field& field, size_t at, size_t size) {
    if (tree() != nullptr) tree()->add(field, all().sub(at, size));
  }
  /// The same of the last `back` bytes read.
  void note(const Field& field, uint64_t value, size_t back = 0) {
    if (tree() != nullptr) tree()->add(field, behind(back), value);
  }
  void note_text(const Field& field, std::string_view value, size_t back = 0) {
    if (tree() != nullptr) tree()->add_text_value(field, behind(back), value);
  }
  void note_bits(std::span<const Field* const> fields, uint64_t value, size_t back) {
    if (tree() == nullptr) return;
    for (const Field* field : fields) note(*field, masked(field->format, value), back);
  }
  /// What is no byte of the packet, but follows from it; it stands at `at`, or spans nothing.
  void conclude(const Field& field, uint64_t value, size_t at, size_t size = 0) {
    add(field, value, at, size);
    generated();
  }
  void conclude_text(const Field& field, std::string_view value, size_t at, size_t size = 0) {
    add_text(field, value, at, size);
    generated();
  }
  /// The last line stands in brackets; or only filters know it.
  void generated() {
    if (tree() != nullptr) tree()->line(tree()->last()).is_generated = true;
  }
  void hidden() {
    if (tree() != nullptr) tree()->line(tree()->last()).is_hidden = true;
  }
  /// Behind the last line's own text, or in its place.
  template <typename... Parts>
  void append(const Parts&... parts) {
    if (tree() != nullptr) tree()->append(tree()->last(), parts...);
  }
  template <typename... Parts>
  void replace(const Parts&... parts) {
    if (tree() != nullptr) tree()->replace(tree()->last(), parts...);
  }
  /// In the place of the value; the title stays.
  template <typename... Parts>
  void replace_value(const Parts&... parts) {
    if (tree() != nullptr) tree()->replace_value(tree()->last(), parts...);
  }
  /// Behind the layer's title, or in its place.
  template <typename... Parts>
  void append_title(const Parts&... parts) {
    if (tree() != nullptr) tree()->append(line_, parts...);
  }
  template <typename... Parts>
  void replace_title(const Parts&... parts) {
    if (tree() != nullptr) tree()->replace(line_, parts...);
  }
  /// The layer's line stands for all of its bytes, or for so many of them, however far they were read.
  void span_all() { span_ = all(); }
  void span(size_t size) { span_ = all().first(size); }
  /// The same for bytes that begin before it.
  void span(Bytes range) { span_ = range; }
  /// The layer has no line: it was cut short before it could be told from others.
  void withdraw() {
    if (tree() != nullptr) tree()->line(line_).is_hidden = true;
  }

  /// A finding of Wireshark's expert, below the last line.
  template <typename... Parts>
  void expert(const Field& field, Severity severity, ExpertGroup group, const Parts&... parts) {
    if (tree() == nullptr) return;
    std::string text;
    dissect::append(text, parts...);
    add_expert(*tree(), field, severity, group, text);
  }

  /// A branch of the tree that is open as long as the object lives.
  class Branch {
   public:
    Branch(Layer& layer, uint32_t line, size_t from) : layer_(layer), line_(line), from_(from) {
      if (layer.tree() != nullptr) layer.tree()->open(line);
    }
    ~Branch() {
      Tree* const tree = layer_.tree();
      if (tree == nullptr) return;
      tree->close(line_);
      if (from_ != kNoSpan) tree->set_range(line_, layer_.all().sub(from_, layer_.at() - std::min(from_, layer_.at())));
    }
    Branch(const Branch&) = delete;
    Branch& operator=(const Branch&) = delete;

    /// Behind the branch's own text, or in its place: often only its lines tell what it is.
    template <typename... Parts>
    void append(const Parts&... parts) {
      if (layer_.tree() != nullptr) layer_.tree()->append(line_, parts...);
    }
    template <typename... Parts>
    void replace(const Parts&... parts) {
      if (layer_.tree() != nullptr) layer_.tree()->replace(line_, parts...);
    }
    uint32_t line() const { return line_; }

   private:
    friend class Layer;
    static constexpr size_t kNoSpan = SIZE_MAX;
    Layer& layer_;
    uint32_t line_;
    size_t from_;
  };

  /// Lines below the last one.
  Branch below() { return {*this, tree() == nullptr ? 0 : tree()->last(), Branch::kNoSpan}; }
  /// A line that spans what is read while it is open.
  Branch part(const Field& field) { return {*this, tree() == nullptr ? 0 : tree()->add(field, rest().first(0)), at()}; }
  template <typename... Parts>
  Branch part_line(const Parts&... parts) {
    if (tree() != nullptr) {
      tree()->add_line(rest().first(0));
      replace(parts...);
    }
    return {*this, tree() == nullptr ? 0 : tree()->last(), at()};
  }
  /// A line that spans the next `size` bytes.
  Branch group(const Field& field, size_t size) { return group(field, at(), size); }
  /// A line that spans [at, at + size).
  Branch group(const Field& field, size_t at, size_t size) {
    return {*this, tree() == nullptr ? 0 : tree()->add(field, all().sub(at, size)), Branch::kNoSpan};
  }
  template <typename... Parts>
  Branch group_line(size_t at, size_t size, const Parts&... parts) {
    line(at, size, parts...);
    return below();
  }
  /// A line of text alone.
  template <typename... Parts>
  void line(size_t at, size_t size, const Parts&... parts) {
    if (tree() == nullptr) return;
    tree()->add_line(all().sub(at, size));
    replace(parts...);
  }

  /// The same below the last line of any tree.
  static void add_expert(Tree& tree, const Field& field, Severity severity, ExpertGroup group, std::string_view text);

  Tree* tree() const { return tree_; }
  /// Whether it is worth making a text for the tree, or the value of a field that has to be made.
  bool wants_texts() const { return tree_ != nullptr && tree_->has_texts(); }
  bool wants(const Field& field) const { return tree_ != nullptr && tree_->wants(field); }
  Context& context() const { return context_; }
  /// The line of the layer itself.
  uint32_t line() const { return line_; }
  void malformed() { fail(Shortage::malformed); }
  /// What a part of the layer lacked is the layer's shortage.
  void lacks(Shortage why) { fail(why); }

 private:
  template <typename First, typename... Rest>
  static const First& first_of(const First& first, const Rest&...) {
    return first;
  }
  static Tree* tree_of(const Context& context, const Protocol& protocol) {
    Tree* const tree = context.tree();
    return tree == nullptr || tree->reaches(protocol) ? tree : nullptr;
  }
  /// Small enough to stand where it is called, where most of it is known before.
  uint64_t read(const Format& format) {
    const bool is_plain = format.kind == Kind::number || format.kind == Kind::boolean;
    if (is_plain && !format.little_endian) {
      if (format.width == 1) return Cursor::u8();
      if (format.width == 2) return Cursor::be16();
      if (format.width == 4) return Cursor::be32();
    }
    return read_any(format);
  }
  uint64_t read_any(const Format& format);
  uint64_t reported(const Field& field, size_t width, uint64_t value) const {
    if (tree() != nullptr) report(field, width, masked(field.format, value));
    return value;
  }
  /// Out of line: hardly anybody asks for the tree, and what remains is small enough to stand where it is called.
  void report(const Field& field, size_t width, uint64_t value) const;
  void report_bytes(const Field& field, Bytes found) const;
  Bytes behind(size_t back) const { return all().sub(at() - std::min(back, at()), back); }

  Context& context_;
  const Protocol& protocol_;
  Tree* const tree_;  // null when nobody asks for what this layer tells
  uint32_t line_ = 0;
  Bytes span_{nullptr, 0};
  bool is_part_ = false;
};

}  // namespace tracedrop::dissect
