# Where the program, its man page, its completions and its papers go.
include(GNUInstallDirs)

# Manual pages and changelogs are kept compressed; -n leaves out the time, so that the same source gives the same file.
function(install_compressed file name folder)
  set(compressed ${CMAKE_CURRENT_BINARY_DIR}/${name}.gz)
  add_custom_command(OUTPUT ${compressed} DEPENDS ${file} VERBATIM
    COMMAND ${GZIP} -9nc ${file} > ${compressed})
  add_custom_target(compressed_${name} ALL DEPENDS ${compressed})
  install(FILES ${compressed} DESTINATION ${folder})
endfunction()

set(here ${CMAKE_CURRENT_SOURCE_DIR})
if(WIN32)
  install(TARGETS native_capture RUNTIME DESTINATION .)
  install(FILES ${here}/package/README DESTINATION . RENAME README.txt)
  install(FILES ${here}/package/copyright DESTINATION . RENAME COPYRIGHT.txt)
  return()
endif()

set(documents ${CMAKE_INSTALL_DATADIR}/doc/native-capture)
# Debian's zsh does not look where the others do.
set(zsh_folder ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
if(EXISTS /etc/debian_version)
  set(zsh_folder ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
endif()

find_program(GZIP gzip REQUIRED)
install(TARGETS native_capture RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install_compressed(${here}/man/native_capture.1 native_capture.1 ${CMAKE_INSTALL_MANDIR}/man1)
install_compressed(${here}/package/changelog changelog ${documents})
install(FILES ${here}/completions/native_capture.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME native_capture)
install(FILES ${here}/completions/_native_capture DESTINATION ${zsh_folder})
install(FILES ${here}/completions/native_capture.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${here}/package/README ${here}/package/copyright DESTINATION ${documents})
