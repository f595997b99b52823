autoconfig := include/config/auto.conf

deps_config := \
	Kconfig \
	scripts/Kconfig.include \
	init/Kconfig \
	kernel/Kconfig.preempt \
	kernel/Kconfig.hz \
	arch/Kconfig \
	arch/x86/Kconfig \
	mm/Kconfig \
	drivers/Kconfig \
	drivers/char/Kconfig \
	drivers/gpio/Kconfig \
	drivers/net/Kconfig \
	drivers/net/phy/Kconfig \
	drivers/sensors/Kconfig \
	fs/Kconfig \
	samples/rust/Kconfig \
	lib/Kconfig \
	lib/Kconfig.debug \

$(autoconfig): $(deps_config)
$(deps_config): ;

ifneq "$(ARCH)" "x86"
$(autoconfig): FORCE
endif

ifneq "$(KERNELVERSION)" "6.12.0"
$(autoconfig): FORCE
endif

ifneq "$(srctree)" "."
$(autoconfig): FORCE
endif

ifneq "$(RUSTC)" "rustc"
$(autoconfig): FORCE
endif

ifneq "$(CC)" "gcc"
$(autoconfig): FORCE
endif

ifneq "$(SRCARCH)" "x86"
$(autoconfig): FORCE
endif

ifneq "$(LD)" "ld"
$(autoconfig): FORCE
endif
