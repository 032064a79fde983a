// SMB2: what is asked and set of files and file systems, and directories that are searched (MS-SMB2, sections 2.2.33,
// 2.2.34, 2.2.37 to 2.2.40; the structures in MS-FSCC).
#include "protocols/application/smb/smb2.h"

namespace tracedrop::dissect::smb2 {

namespace {

enum Class : uint8_t { kFileInfo = 1, kFsInfo, kSecInfo, kQuotaInfo };
enum FileLevel : uint8_t {
  kBasic = 4,
  kStandard,
  kInternal,
  kEa,
  kRename = 10,
  kDisposition = 13,
  kPosition = 14,
  kAllocation = 19,
  kEndOfFile = 20,
  kStream = 22,
  kNetworkOpen = 34,
  kAttributeTag = 35
};
enum FsLevel : uint8_t { kVolume = 1, kSize = 3, kDevice, kAttribute, kFullSize = 7, kObjectId };
enum FindLevel : uint8_t { kDirectory = 1, kFullDirectory, kBothDirectory, kNames = 12, kIdBoth = 37, kIdFull };
constexpr size_t kMostListed = 2000;

std::string_view level_name(uint8_t info_class, uint8_t level) {
  if (info_class == kFileInfo) return name_of(kFileInfoInfolevel, level);
  if (info_class == kFsInfo) return name_of(kFsInfoInfolevel, level);
  if (info_class == kSecInfo) return name_of(kSecInfoInfolevel, level);
  return {};
}

}  // namespace

void Message::show_level(uint8_t info_class, uint8_t level, size_t at, bool is_generated) {
  in_.add(f.info.class_, info_class, at, 1);
  if (is_generated) in_.generated();
  const Field& field = info_class == kFileInfo  ? f.info.file_level
                       : info_class == kFsInfo  ? f.info.fs_level
                       : info_class == kSecInfo ? f.info.sec_level
                                                : f.info.level;
  in_.add(field, level, at + 1, 1);
  if (is_generated) in_.generated();
}

void Message::show_additional(uint8_t info_class) {
  if (info_class != kSecInfo) {
    in_(f.info.additional);
    return;
  }
  smb::show_flags(in_, f.info.additionals, {&f.info.owner, 8});
}

void Message::get_info_request() {
  read_structure_size();
  request_.info_class = in_.Cursor::u8();
  request_.info_level = in_.Cursor::u8();
  show_level(request_.info_class, request_.info_level, in_.at() - 2, false);
  const std::string_view class_name = name_of(kClass, request_.info_class),
                         level = level_name(request_.info_class, request_.info_level);
  context_.append_info(' ', class_name.empty() ? "UNKNOWN" : class_name, '/', level.empty() ? "UNKNOWN" : level);
  in_(f.info.max_size);
  const uint32_t offset = in_(f.info.input_offset);
  reserved(2);
  const uint32_t size = in_(f.info.input_size);
  show_additional(request_.info_class);
  in_(f.info.flags);
  read_file_id(Handle::used);
  if (file_ != nullptr) say_file(file_->name);
  if (size == 0 || offset == 0 || !in_.ok()) return;
  in_.seek(offset);
  in_.bytes(f.common.unknown, std::min<size_t>(size, in_.left()));
}

void Message::get_info_response() {
  if (is_matched_) show_level(request_.info_class, request_.info_level, in_.at(), true);
  if (read_error()) return;
  read_structure_size();
  const Blob blob = read_blob16_32();
  if (!in_.ok()) return;
  reach(in_.at());
  show_blob(blob, 2, 4);
  const Bytes bytes = bytes_of(blob);
  if (bytes.empty()) {
    if (in_.tree() != nullptr) in_.tree()->append(command_line_, ": NO DATA");
  } else if (in_.tree() != nullptr && is_matched_) {
    show_info(request_.info_class, request_.info_level, blob);
  }
  in_.seek(blob.at + 6);
  show_file_of_request();
  say_file_of_request();
}

void Message::set_info_request() {
  read_structure_size();
  request_.info_class = in_.Cursor::u8();
  request_.info_level = in_.Cursor::u8();
  show_level(request_.info_class, request_.info_level, in_.at() - 2, false);
  const std::string_view class_name = name_of(kClass, request_.info_class),
                         level = level_name(request_.info_class, request_.info_level);
  context_.append_info(' ', class_name.empty() ? "UNKNOWN" : class_name, '/', level.empty() ? "UNKNOWN" : level);
  Blob blob;
  blob.length = in_(f.info.set_size);
  blob.offset = in_(f.info.set_offset);
  in_(f.info.set_reserved);
  show_additional(request_.info_class);
  read_file_id(Handle::used);
  if (!in_.ok()) return;
  reach(blob.offset + bytes_of(blob).size());
  if (request_.info_class == kFileInfo && request_.info_level == kDisposition && file_ != nullptr)
    file_->is_deleted_on_close = (in_.all().u8(blob.offset) & 1) != 0;
  if (in_.tree() != nullptr) show_info(request_.info_class, request_.info_level, blob);
}

void Message::set_info_response() {
  if (is_matched_) show_level(request_.info_class, request_.info_level, in_.at(), true);
  if (is_matched_ && status_ == 0) show_file_of_request();
  if (read_error()) return;
  read_structure_size();
  reach(in_.at());
  say_file_of_request();
}

void Message::show_info(uint8_t info_class, uint8_t level, const Blob& blob) {
  const size_t end = blob.offset + bytes_of(blob).size();
  in_.seek(blob.offset);
  if (info_class == kFileInfo) {
    show_file_info(level, end);
  } else if (info_class == kFsInfo) {
    show_fs_info(level, end);
  } else if (info_class == kSecInfo) {
    const auto branch = in_.group(f.info.sec_info, end - in_.at());
  }
}

void Message::show_file_info(uint8_t level, size_t end) {
  const size_t size = end - in_.at();
  const auto open = [&](const Field& field, size_t needed) {
    in_.add_bytes(field, in_.at(), size);
    return size >= needed;
  };
  switch (level) {
    case kBasic:
      if (open(f.info.basic, 40)) {
        const auto below = in_.below();
        show_times();
        show_attributes();
        reserved(4);
      }
      return;
    case kStandard:
      if (open(f.info.standard, 22)) {
        const auto below = in_.below();
        in_.wide(f.common.allocation_size);
        in_.wide(f.common.eof);
        in_(f.info.nlinks);
        in_(f.info.delete_pending);
        in_(f.info.is_directory);
        if (in_.at() < end) reserved(end - in_.at());
      }
      return;
    case kInternal:
      if (open(f.info.internal, 8)) {
        const auto below = in_.below();
        in_.wide(f.info.file_id);
      }
      return;
    case kEa:
      if (open(f.info.ea, 4)) {
        const auto below = in_.below();
        in_(smb::w.file_system.ea_list_len);
      }
      return;
    case kStream: {
      const auto branch = in_.group(f.info.stream, size);
      return stream_infos(end);
    }
    case kDisposition:
      if (open(f.info.disposition, 1)) {
        const auto below = in_.below();
        in_(f.info.delete_on_close);
      }
      return;
    case kPosition:
      if (open(f.info.position, 8)) {
        const auto below = in_.below();
        in_.wide(f.info.position_value);
      }
      return;
    case kEndOfFile:
      if (open(f.info.end_of_file, 8)) {
        const auto below = in_.below();
        in_.wide(f.common.eof);
      }
      return;
    case kAllocation:
      if (open(f.info.allocation, 8)) {
        const auto below = in_.below();
        in_.wide(f.common.allocation_size);
      }
      return;
    case kNetworkOpen:
      if (open(f.info.network_open, 56)) {
        const auto below = in_.below();
        show_times();
        in_.wide(f.common.allocation_size);
        in_.wide(f.common.eof);
        show_attributes();
        reserved(4);
      }
      return;
    case kAttributeTag:
      if (open(f.info.attribute_tag, 8)) {
        const auto below = in_.below();
        show_attributes();
        in_(f.info.reparse_tag);
      }
      return;
    case kRename:
      if (open(f.info.rename, 20)) {
        const auto below = in_.below();
        in_(f.info.replace_if);
        reserved(7);
        in_.bytes(f.info.root_directory, 8);
        const uint32_t length = in_(f.common.file_name_len);
        set_text(f.common.file_name, std::min<size_t>(length, end - in_.at()));
      }
      return;
    default: in_.bytes(f.common.unknown, size); return;
  }
}

void Message::set_text(const Field& field, size_t bytes) {
  const Bytes text = in_.Cursor::bytes(bytes);
  in_.note_text(field, smb::utf16(text), bytes);
}

void Message::stream_infos(size_t end) {
  size_t at = in_.at();
  for (size_t i = 0; i < kMostListed && at + 24 <= end; ++i) {
    in_.seek(at);
    const uint32_t next = in_.rest().le32(0);
    const size_t name = std::min<size_t>(in_.rest().le32(4), end - at - 24);
    const auto line = in_.group_line(at, 24 + name, "Stream Info: ", smb::utf16(in_.rest().sub(24, name)));
    in_(smb::w.file_system.next_entry);
    in_(smb::w.file_system.stream_name_len);
    in_.wide(smb::w.file_system.stream_size);
    in_.wide(smb::w.file_system.alloc_size);
    set_text(smb::w.file_system.stream_name, name);
    if (next < 24) return;
    at += next;
  }
}

void Message::show_fs_info(uint8_t level, size_t end) {
  const size_t size = end - in_.at();
  const auto& fs = smb::w.file_system;
  const auto open = [&](const Field& field, size_t needed) {
    in_.add_bytes(field, in_.at(), size);
    return size >= needed;
  };
  switch (level) {
    case kVolume:
      if (open(f.info.fs_volume, 18)) {
        const auto below = in_.below();
        smb::show_file_time(in_, f.common.created);
        in_(fs.serial);
        const uint32_t length = in_(fs.label_len);
        reserved(2);
        set_text(fs.volume_label, std::min<size_t>(length, end - in_.at()));
      }
      return;
    case kSize:
      if (open(f.info.fs_size, 24)) {
        const auto below = in_.below();
        in_.wide(fs.alloc_size);
        in_.wide(fs.free_units);
        in_(fs.sectors);
        in_(fs.bytes_per_sector);
      }
      return;
    case kDevice:
      if (open(f.info.fs_device, 8)) {
        const auto below = in_.below();
        in_(fs.device_type);
        smb::show_group(in_, smb::w.device, false);
      }
      return;
    case kAttribute:
      if (open(f.info.fs_attribute, 12)) {
        const auto below = in_.below();
        smb::show_group(in_, smb::w.fs_attributes, false);
        in_(fs.max_name);
        const uint32_t length = in_(fs.fs_name_len);
        set_text(fs.fs_name, std::min<size_t>(length, end - in_.at()));
      }
      return;
    case kFullSize:
      if (open(f.info.fs_full_size, 32)) {
        const auto below = in_.below();
        in_.wide(fs.alloc_size);
        in_.wide(fs.caller_free);
        in_.wide(fs.actual_free);
        in_(fs.sectors);
        in_(fs.bytes_per_sector);
      }
      return;
    case kObjectId:
      if (open(f.info.fs_object, 64)) {
        const auto below = in_.below();
        object_id(end);
      }
      return;
    default: in_.bytes(f.common.unknown, size); return;
  }
}

void Message::find_request() {
  read_structure_size();
  const size_t at = in_.at();
  request_.info_level = in_.Cursor::u8();
  in_.add(f.find.level, request_.info_level, at, 1);
  smb::show_flags(in_, f.find.flags, {&f.find.restart, 4});
  in_(f.find.index);
  read_file_id(Handle::used);
  if (file_ != nullptr) say_file(file_->name);
  const Blob blob = read_blob16();
  in_(f.common.output_len);
  if (!in_.ok()) return;
  request_.text = show_text_blob(f.find.pattern, blob);
  const std::string_view level = name_of(kFindInfolevel, request_.info_level);
  context_.append_info(", ", level.empty() ? "(unknown info level)" : level, ", Pattern: ", request_.text);
}

void Message::find_response() {
  if (is_matched_) {
    in_.conclude(f.find.level, request_.info_level, in_.at());
    if (request_.file != nullptr) say_file(request_.file->name);
    show_file_of_request();
    const std::string_view level = name_of(kFindInfolevel, request_.info_level);
    context_.append_info(", ", level.empty() ? "(unknown info level)" : level, ", Pattern: ", request_.text);
  }
  if (read_error()) return;
  read_structure_size();
  const Blob blob = read_blob16_32();
  if (!in_.ok()) return;
  show_blob(blob, 2, 4);
  if (bytes_of(blob).empty()) return show_no_data(f.find.blob, blob.offset);
  reach(blob.offset + bytes_of(blob).size());
  if (is_matched_) show_found(request_.info_level, blob);
}

void Message::show_found(uint32_t level, const Blob& blob) {
  const size_t end = blob.offset + bytes_of(blob).size();
  size_t count = 0, at = blob.offset;
  {
    const auto branch = in_.group(f.find.blob, blob.offset, end - blob.offset);
    for (; count < kMostListed && at + 12 <= end;) {
      const uint32_t next = in_.all().le32(at);
      const size_t size = next != 0 ? std::min<size_t>(next, end - at) : end - at;
      if (in_.tree() != nullptr) found_entry(level, at, size);
      ++count;
      if (next < 12) break;
      at += next;
    }
  }
  in_.seek(end);
  if (level != kDirectory && level != kFullDirectory && level != kBothDirectory && level != kNames &&
      level != kIdBoth && level != kIdFull)
    return;
  in_.conclude(f.find.matched, count, 0);
  in_.append(" names");
  context_.append_info(", ", count, " matches");
}

void Message::found_entry(uint32_t level, size_t at, size_t size) {
  in_.seek(at);
  const Field* title = level == kDirectory       ? &f.find.directory
                       : level == kFullDirectory ? &f.find.full
                       : level == kBothDirectory ? &f.find.both
                       : level == kIdBoth        ? &f.find.id_both
                                                 : nullptr;
  const bool is_both = level == kBothDirectory || level == kIdBoth;
  const bool has_id = level == kIdBoth || level == kIdFull;
  const size_t fixed =
      level == kNames ? 12
                      : 64 + (level == kDirectory ? 0 : 4) + (is_both ? 26 : 0) + (has_id ? 8 + (is_both ? 2 : 4) : 0);
  if (size < fixed) return;
  const size_t name_size = std::min<size_t>(in_.all().le32(at + (level == kNames ? 8 : 60)), size - fixed);
  const std::string name = smb::utf16(in_.all().sub(at + fixed, name_size));
  const auto branch = title != nullptr ? in_.group(*title, at, fixed + name_size)
                                       : in_.group_line(at, fixed + name_size,
                                                        level == kNames ? "FileNameInfo" : "FileIdFullDirectoryInfo");
  if (in_.tree() != nullptr) in_.tree()->append(branch.line(), ": ", name);
  in_(f.find.next);
  in_(f.find.index);
  if (level == kNames) {
    in_(f.common.file_name_len);
    return set_text(f.common.file_name, name_size);
  }
  show_times();
  in_.wide(f.common.eof);
  in_.wide(f.common.allocation_size);
  show_attributes();
  in_(f.common.file_name_len);
  if (level != kDirectory) in_(f.info.ea_size);
  if (is_both) {
    const uint32_t length = in_(f.find.short_len);
    reserved(1);
    if (length > 0)
      in_.add_text(f.find.short_name, smb::utf16(in_.rest().first(std::min<size_t>(length, 24))), in_.at(),
                   std::min<size_t>(length, 24));
    in_.skip(24);
  }
  if (level == kIdBoth) reserved(2);
  if (level == kIdFull) reserved(4);
  if (has_id) in_.wide(f.info.file_id);
  set_text(f.common.file_name, name_size);
}

}  // namespace tracedrop::dissect::smb2
