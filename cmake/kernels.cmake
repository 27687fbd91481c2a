# The model's kernels: one source for each instruction set, chosen at run time. Multiply-adds are fused where the source says
# so and nowhere else, so that all of them give the same bits.
set(DATELINE_KERNEL_OPTIONS -O3 -ffp-contract=off -fno-math-errno)
if(DATELINE_SANITIZE) # unrolled loops and checks in each step take minutes to compile
  list(TRANSFORM DATELINE_KERNEL_OPTIONS REPLACE "-O3" "-O1")
endif()
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/model/kernels_plain.c PROPERTIES COMPILE_OPTIONS
    "${DATELINE_KERNEL_OPTIONS}")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64")
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/model/kernels_avx2.c PROPERTIES COMPILE_OPTIONS
      "${DATELINE_KERNEL_OPTIONS};-mavx2;-mfma")
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/model/kernels_avx512.c PROPERTIES COMPILE_OPTIONS
      "${DATELINE_KERNEL_OPTIONS};-mfma;-mavx512f;-mavx512bw;-mavx512dq;-mavx512vl;-mavx512vnni")
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/model/kernels_neon.c PROPERTIES COMPILE_OPTIONS
      "${DATELINE_KERNEL_OPTIONS}")
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/model/kernels_neon_dot.c PROPERTIES COMPILE_OPTIONS
      "${DATELINE_KERNEL_OPTIONS};-march=armv8.2-a+dotprod")
endif()
