// SPDX-License-Identifier: GPL-2.0
/*
 * vpi - a 1-Wire bus with one emulated DS18B20, for tests.
 *
 * The bus is emulated bit by bit, including the search for devices, so the
 * kernel's own w1 core and w1_therm driver run unchanged on top of it.
 *
 * This module uses interfaces that the kernel offers to GPL modules only:
 * this file, and no other file of the project, is under the GPL, version 2.
 * It is not part of any package.
 *
 * /sys/module/vpi/parameters/:
 *   temp   m°C that the next conversion measures
 *   fault  see enum fault below
 */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/w1.h>

/* The harness uses the same numbers, see sensor.py. */
enum fault {
	NONE,
	BAD_CRC,	/* the last byte of every answer is wrong */
	UNPLUGGED,	/* no presence pulse, no power */
	NEVER_CONVERTED,/* it converts, but keeps its power-on value */
	SHORTED,	/* data is pulled low after the presence pulse */
	POWER_LOST_ONCE,/* one answer is the power-on value; then normal */
	ALL_ONES,	/* disconnected during a read: data stays high */
	WEAK_SUPPLY,	/* too little power: it measures 127.94 °C */
};

static int temp = 21000;
static int fault;
module_param(temp, int, 0644);
module_param(fault, int, 0644);

#define SERIAL_NUMBER 0x0123456789abULL
#define CONVERSION_MS 750	/* at 12 bit; half for each bit less */
#define SCRATCHPAD_BITS 72

/* What the sensor does in the next time slots. */
enum stage { IDLE, ROM_COMMAND, FUNCTION, SEARCH, MATCH, READ_ROM,
	     READ_SCRATCHPAD, WRITE_SCRATCHPAD, CONVERT, READ_POWER };

static struct {
	u8 rom[8];		/* family, serial number, checksum */
	u8 scratchpad[9];	/* data sheet, figure 9 */
	u8 eeprom[3];		/* both alarms, the configuration */
	enum stage stage;
	int bit;		/* number of finished bits of this stage */
	int pass;		/* of the three search slots per bit */
	u8 command;		/* the bits received so far */
	bool converting;
	unsigned long done;	/* end of the conversion, in jiffies */
} sensor;

/* Dallas: polynomial 0x8c, reflected. */
static u8 checksum(const u8 *bytes, int count)
{
	u8 sum = 0;
	int bit;

	while (count--) {
		sum ^= *bytes++;
		for (bit = 0; bit < 8; bit++)
			sum = sum & 1 ? (sum >> 1) ^ 0x8c : sum >> 1;
	}
	return sum;
}

static void seal(void)
{
	sensor.scratchpad[8] = checksum(sensor.scratchpad, 8);
}

/* 85 °C; 0x0c in byte 6 distinguishes it from a measured value. */
static void show_power_on(void)
{
	const u8 fresh[8] = { 0x50, 0x05, sensor.eeprom[0], sensor.eeprom[1],
			      sensor.eeprom[2], 0xff, 0x0c, 0x10 };

	memcpy(sensor.scratchpad, fresh, sizeof(fresh));
	seal();
}

static void power_on(void)
{
	show_power_on();
	sensor.stage = IDLE;
	sensor.converting = false;
}

/* 0 to 3 for 9 to 12 bit. */
static int resolution(void)
{
	return (sensor.scratchpad[4] >> 5) & 3;
}

static void finish_conversion(void)
{
	int sixteenths;

	if (!sensor.converting || time_before(jiffies, sensor.done))
		return;
	sensor.converting = false;
	if (fault == NEVER_CONVERTED) {
		show_power_on();
		return;
	}
	if (fault == WEAK_SUPPLY) {
		sensor.scratchpad[0] = 0xff;
		sensor.scratchpad[1] = 0x07;
		sensor.scratchpad[6] = 0x0c;
		seal();
		return;
	}
	sixteenths = DIV_ROUND_CLOSEST(temp * 2, 125);
	sixteenths &= ~((1 << (3 - resolution())) - 1);
	sensor.scratchpad[0] = sixteenths;
	sensor.scratchpad[1] = sixteenths >> 8;
	/* As genuine parts do. */
	sensor.scratchpad[6] = 0x10 - (sixteenths & 0xf);
	seal();
}

static enum stage after_rom_command(u8 command)
{
	switch (command) {
	case 0xf0: return SEARCH;
	case 0x55: return MATCH;
	case 0x33: return READ_ROM;
	case 0xcc: return FUNCTION;	/* skip ROM */
	default: return IDLE;
	}
}

static enum stage after_function(u8 command)
{
	switch (command) {
	case 0x44:
		sensor.converting = true;
		sensor.done = jiffies +
			msecs_to_jiffies(CONVERSION_MS >> (3 - resolution()));
		return CONVERT;
	case 0xbe:
		finish_conversion();
		if (fault == POWER_LOST_ONCE) {
			power_on();
			fault = NONE;
		}
		return READ_SCRATCHPAD;
	case 0x4e:
		return WRITE_SCRATCHPAD;
	case 0x48:	/* copy scratchpad to EEPROM */
		memcpy(sensor.eeprom, sensor.scratchpad + 2, 3);
		return CONVERT;
	case 0xb8:	/* recall EEPROM */
		memcpy(sensor.scratchpad + 2, sensor.eeprom, 3);
		seal();
		return CONVERT;
	case 0xb4:
		return READ_POWER;
	default:
		return IDLE;
	}
}

static void take_command_bit(u8 sent)
{
	bool to_rom = sensor.stage == ROM_COMMAND;

	sensor.command |= sent << sensor.bit;
	if (++sensor.bit < 8)
		return;
	sensor.stage = to_rom ? after_rom_command(sensor.command)
			      : after_function(sensor.command);
	sensor.bit = 0;
	sensor.pass = 0;
	sensor.command = 0;
}

static u8 rom_bit(void)
{
	return (sensor.rom[sensor.bit >> 3] >> (sensor.bit & 7)) & 1;
}

static void rom_bit_is_over(void)
{
	if (++sensor.bit < 64)
		return;
	sensor.stage = FUNCTION;
	sensor.bit = 0;
	sensor.command = 0;
}

/* Sends its bit, then the complement; then reads which devices continue. */
static u8 search_slot(u8 sent)
{
	u8 bit = rom_bit();

	if (sensor.pass < 2)
		return sensor.pass++ ? !bit : bit;
	sensor.pass = 0;
	if (sent == bit)
		rom_bit_is_over();
	else
		sensor.stage = IDLE;
	return 1;
}

static u8 scratchpad_slot(void)
{
	u8 byte;

	if (fault == SHORTED)
		return 0;
	if (fault == ALL_ONES || sensor.bit >= SCRATCHPAD_BITS)
		return 1;
	byte = sensor.scratchpad[sensor.bit >> 3];
	if (fault == BAD_CRC && sensor.bit >= SCRATCHPAD_BITS - 8)
		byte ^= 0x5a;
	return (byte >> (sensor.bit++ & 7)) & 1;
}

static void write_slot(u8 sent)
{
	u8 *byte = &sensor.scratchpad[2 + (sensor.bit >> 3)];
	u8 mask = 1 << (sensor.bit & 7);

	if (sensor.bit >= 24)
		return;
	*byte = sent ? *byte | mask : *byte & ~mask;
	if (++sensor.bit < 24)
		return;
	/* Only the resolution bits of the configuration can be written. */
	sensor.scratchpad[4] = (sensor.scratchpad[4] & 0x60) | 0x1f;
	seal();
}

/* One time slot. Returns the level of the bus: 0 if any side pulls it low. */
static u8 touch_bit(void *unused, u8 sent)
{
	u8 shown = 1;

	sent &= 1;
	if (fault == UNPLUGGED) {
		sensor.stage = IDLE;
		return sent;
	}
	switch (sensor.stage) {
	case ROM_COMMAND:
	case FUNCTION:
		take_command_bit(sent);
		break;
	case SEARCH:
		shown = search_slot(sent);
		break;
	case MATCH:
		if (sent == rom_bit())
			rom_bit_is_over();
		else
			sensor.stage = IDLE;
		break;
	case READ_ROM:
		shown = rom_bit();
		rom_bit_is_over();
		break;
	case READ_SCRATCHPAD:
		shown = scratchpad_slot();
		break;
	case WRITE_SCRATCHPAD:
		write_slot(sent);
		break;
	case CONVERT:
		finish_conversion();
		shown = !sensor.converting;
		break;
	default:	/* READ_POWER: externally powered */
		break;
	}
	return sent & shown;
}

/* Returns 0 if a sensor answers with its presence pulse. */
static u8 reset_bus(void *unused)
{
	finish_conversion();
	if (fault == UNPLUGGED) {
		power_on();
		return 1;
	}
	sensor.stage = ROM_COMMAND;
	sensor.bit = 0;
	sensor.command = 0;
	return 0;
}

static struct w1_bus_master bus = {
	.touch_bit = touch_bit,
	.reset_bus = reset_bus,
};

static int __init vpi_init(void)
{
	int byte;

	sensor.rom[0] = 0x28;
	for (byte = 0; byte < 6; byte++)
		sensor.rom[1 + byte] = SERIAL_NUMBER >> (8 * byte);
	sensor.rom[7] = checksum(sensor.rom, 7);
	sensor.eeprom[0] = 75;
	sensor.eeprom[1] = 70;
	sensor.eeprom[2] = 0x7f;	/* 12 bit */
	power_on();
	return w1_add_master_device(&bus);
}

static void __exit vpi_exit(void)
{
	w1_remove_master_device(&bus);
}

module_init(vpi_init);
module_exit(vpi_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A 1-Wire bus with an emulated DS18B20, for tests");
