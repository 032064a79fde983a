# What `cpack` makes of a build: a .deb and a .tar.gz on Linux, a .tar.gz on macOS, a .zip for Windows. All hold the
# program, this README, the licences; all but the .zip the man page and the completions too.

set(CPACK_PACKAGE_NAME native_capture)
set(CPACK_PACKAGE_VENDOR TraceDrop)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "capture the packets of a host, or answer questions about a capture")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
if(NOT APPLE)
  set(CPACK_STRIP_FILES ON)  # there, stripping would break the signature that the linker made
endif()
set(CPACK_SOURCE_GENERATOR "")

string(TOLOWER "${CMAKE_SYSTEM_NAME}" system)
set(machine ${CMAKE_SYSTEM_PROCESSOR})
if(APPLE)
  set(system macos)
  list(LENGTH CMAKE_OSX_ARCHITECTURES architectures)
  if(architectures GREATER 1)
    set(machine universal)
  endif()
endif()
set(CPACK_PACKAGE_FILE_NAME native_capture-${PROJECT_VERSION}-${system}-${machine})

if(WIN32)
  set(CPACK_GENERATOR ZIP)
elseif(APPLE)
  set(CPACK_GENERATOR TGZ)
else()
  set(CPACK_GENERATOR TGZ DEB)
endif()

# Debian's names have no underscore. What the program needs is found out by dpkg-shlibdeps.
set(CPACK_DEBIAN_PACKAGE_NAME native-capture)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libcap2-bin)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "wireshark, tcpdump")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/package/postinst)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Captures packets into a file that TraceDrop, Wireshark and tcpdump open, and
tells how many there were, how long the trace is, its round-trip time and its
losses; or reads a pcap, pcapng or csv file and tells the same.

Capturing takes the rights of root, or once the command
setcap cap_net_raw+ep /usr/bin/native_capture; this package does not give that
right to anybody by itself.")
if(NOT CPACK_DEBIAN_PACKAGE_MAINTAINER)
  set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The TraceDrop authors <noreply@tracedrop.invalid>")
endif()

# Folders are the package's, whatever the umask of who builds it.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

include(CPack)
