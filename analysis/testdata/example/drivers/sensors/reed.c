// SPDX-License-Identifier: Apache-2.0
/* Not a driver: a few lines that use the symbols of the Kconfig file beside it. */
static int reed_offset(void)
{
	if (IS_ENABLED(CONFIG_SENSORS_REED_KELVIN))
		return 273150;
	return 0;
}

#ifdef CONFIG_SENSORS_REED_INTERVAL
static const int reed_interval = CONFIG_SENSORS_REED_INTERVAL;
#endif
