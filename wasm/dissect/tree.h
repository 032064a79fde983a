// The lines of one packet's detail tree, as its dissection reports them: for the page's inspector, for filters and for
// exports of fields. A line keeps its field, its value and its bytes; its text is made when somebody reads it
// (tree_text.h).
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "dissect/field.h"
#include "dissect/field_set.h"
#include "dissect/parts.h"

namespace tracedrop::dissect {

struct Protocol;

/// Bytes that lines stand for: the packet itself, or what was put together, decoded or decrypted of several.
struct Source {
  std::string_view name;
  const uint8_t* data = nullptr;
  size_t size = 0;
};

struct Line {
  static constexpr uint32_t kNone = UINT32_MAX;
  /// What the text is: nothing, behind the line's own, the value behind the title, or all of it.
  enum class Text : uint8_t { own, appended, value, replaced };

  const Field* field = nullptr;        ///< null for a layer, and for a line of text alone
  const Protocol* protocol = nullptr;  ///< of a layer
  uint32_t parent = kNone;
  uint32_t pos = 0, size = 0;
  uint16_t source = 0;
  bool is_generated = false;
  bool is_hidden = false;
  /// The value was not made of the bytes [pos, pos + size): it is in `number` or in the tree's own text.
  bool has_text_value = false;
  Text text = Text::own;
  /// The value of a boolean, a number (signed: two's complement; float: its bits as a double), a packet, a time. Of a
  /// layer: how many bytes its dissector was given, from `pos` on.
  uint64_t number = 0;
  uint32_t text_at = 0, text_size = 0;    ///< what is appended, or stands instead
  uint32_t value_at = 0, value_size = 0;  ///< a value that is text or bytes of its own
};

enum class Severity : uint8_t { comment, chat, note, warning, error };
enum class ExpertGroup : uint8_t {
  checksum,
  sequence,
  response_code,
  request_code,
  undecoded,
  reassemble,
  malformed,
  debug,
  protocol,
  security,
  comments_group,
  decryption,
  assumption,
  deprecated,
  receive,
  interface_group,
  dissector_bug
};

class Tree {
 public:
  Tree();

  /// All lines with their texts (as it is at first); or all that values need; or of those the fields of `set` alone,
  /// which is borrowed. Layers always have their lines.
  void want_all() { want(nullptr, true); }
  void want_values() { want(nullptr, false); }
  void want_only(const FieldSet& set) { want(&set, set.has_protocols()); }
  /// The same, and no texts of layers' lines.
  void want_values_of(const FieldSet& set) { want(&set, false); }

  bool has_texts() const { return has_texts_; }
  bool wants(const Field& field) const { return set_ == nullptr || set_->has(renamed(field)); }
  bool reaches(const Protocol& protocol) const { return set_ == nullptr || set_->reaches(protocol); }

  /// Forgets everything; `packet` is the next one.
  void begin(Bytes packet);

  const std::vector<Line>& lines() const { return lines_; }
  const std::vector<Source>& sources() const { return sources_; }
  /// What is appended to a line's own text, or stands instead of it.
  std::string_view text_of(const Line& line) const { return view(line.text_at, line.text_size); }
  /// The bytes of a line's value: its own, or those that it stands for.
  std::string_view value_of(const Line& line) const;
  /// The bytes that a line stands for.
  Bytes bytes_of(const Line& line) const;

  // ---- while the packet is dissected ----

  /// A copy of `bytes` that is a data source; dissection goes on with the result.
  Bytes add_source(std::string_view name, Bytes bytes);
  /// The same of bytes that stay where they are until keep_source() takes them over.
  void lend_source(std::string_view name, Bytes bytes) { sources_.push_back({name, bytes.data(), bytes.size()}); }
  void keep_source(std::vector<uint8_t>&& bytes) { own_.push_back(std::move(bytes)); }

  /// What was reported from there on is taken back: what it was about has to be dissected once more, later.
  struct Mark {
    size_t lines, sources;
    uint32_t last;
  };
  Mark mark() const { return {lines_.size(), sources_.size(), last_}; }
  void take_back(const Mark& mark);

  /// A layer: it stands at the top, whatever is open (or within the layer `within`); lines go into it until it is
  /// closed.
  uint32_t open_layer(const Protocol& protocol, Bytes range) { return open_layer(protocol, range, top_); }
  uint32_t open_layer(const Protocol& protocol, Bytes range, uint32_t within);
  /// The innermost open layer of a protocol, or kNone.
  uint32_t open_layer_of(const Protocol& protocol) const;
  /// Where the layers that stand within `line` end, in the bytes of its source; 0 when there are none.
  size_t end_of_layers_in(uint32_t line) const;
  /// Layers stand within the one that is open now, instead of at the top, until unnest() is given what this returned.
  uint32_t nest();
  void unnest(uint32_t before) { top_ = before; }
  /// A layer that no protocol's name stands for.
  uint32_t open_layer_line(const Field& field);
  void close_layer(uint32_t layer, Bytes range);
  /// Lines from here on stand below `line` until it is closed.
  void open(uint32_t line);
  void close(uint32_t line);

  /// From here on the fields `from` are reported as those of `to`, one for one: a protocol that has another's messages
  /// by names of its own. It ends with the packet.
  void rename(std::span<const Field> from, std::span<const Field> to) {
    from_ = from;
    to_ = to;
  }
  uint32_t add(const Field& field, Bytes range, uint64_t number = 0);
  uint32_t add_text_value(const Field& field, Bytes range, std::string_view value);
  void set_text_value(uint32_t line, std::string_view value);
  /// A line of text alone.
  uint32_t add_line(Bytes range);
  uint32_t last() const { return last_; }
  void set_last(uint32_t line) { last_ = line; }
  Line& line(uint32_t index) { return lines_[index]; }
  void set_range(uint32_t line, Bytes range);

  template <typename... Parts>
  void append(uint32_t line, const Parts&... parts) {
    write(line, Line::Text::appended, parts...);
  }
  template <typename... Parts>
  void replace(uint32_t line, const Parts&... parts) {
    if (may_have_text(line)) lines_[line].text_size = 0;
    write(line, Line::Text::replaced, parts...);
  }
  /// The value alone: the title stays.
  template <typename... Parts>
  void replace_value(uint32_t line, const Parts&... parts) {
    if (may_have_text(line)) lines_[line].text_size = 0;
    write(line, Line::Text::value, parts...);
  }

 private:
  /// The first line stands for all that nobody wants, where a set of fields is asked for; it has no field.
  static constexpr uint32_t kUnwanted = 0;

  void want(const FieldSet* set, bool has_texts);
  bool is_unwanted(uint32_t line) const { return set_ != nullptr && line == kUnwanted; }
  /// Of a set of fields, layers alone: values need none. (Who writes to a line that was to come next does not know that
  /// it did not.)
  bool may_have_text(uint32_t line) const {
    return has_texts_ && line < lines_.size() && (set_ == nullptr || lines_[line].protocol != nullptr);
  }
  uint32_t innermost_open() const;
  std::string_view view(uint32_t at, uint32_t size) const { return std::string_view(texts_).substr(at, size); }
  Line& add(Bytes range);
  bool place(Line& line, Bytes range) const;
  const Field& renamed(const Field& field) const {
    const bool is_one = !from_.empty() && &field >= &from_.front() && &field <= &from_.back();
    return is_one ? to_[static_cast<size_t>(&field - &from_.front())] : field;
  }
  /// Lines are written one after the other; what is added later to an earlier one moves to the end.
  void begin_text(Line& line);
  template <typename... Parts>
  void write(uint32_t index, Line::Text kind, const Parts&... parts) {
    if (!may_have_text(index)) return;
    Line& line = lines_[index];
    begin_text(line);
    dissect::append(texts_, parts...);
    line.text_size = static_cast<uint32_t>(texts_.size()) - line.text_at;
    if (line.text < kind) line.text = kind;
  }

  std::vector<Line> lines_;
  std::vector<uint32_t> open_;  // layers and branches, the innermost last
  std::vector<Source> sources_;
  std::deque<std::vector<uint8_t>> own_;  // the bytes of sources that are not the packet
  std::string texts_;
  std::span<const Field> from_, to_;
  uint32_t last_ = Line::kNone;
  uint32_t top_ = Line::kNone;  // what layers stand within
  const FieldSet* set_ = nullptr;
  bool has_texts_ = true;
};

}  // namespace tracedrop::dissect
