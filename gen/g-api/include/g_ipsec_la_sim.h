/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Look-aside IPsec accelerators for applications: g_ipsec_la 2.0.
 *
 * Generated; do not edit. Made by: ipsec-la generate
 */
/**
 * @file
 * @brief The platform behind the g-API: for tests that plug, unplug and hold
 *   accelerators.
 */

#ifndef G_IPSEC_LA_SIM_H
#define G_IPSEC_LA_SIM_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @name The platform
 * @{
 */

/** @brief A platform to build. */
struct g_ipsec_la_sim_platform {
	/** Accelerators, 0 to 4: the places of G_IPSEC_LA_DEVICES, and
	 *  simulated PCI cards behind them. */
	uint32_t num_devices;
	/** Virtual CPUs, each with queues of its own: 1 to 64. */
	uint32_t num_cpus;
	/** Of the device's interface: 0.4, 1.0 or 2.0; NULL for the
	 *  place's, or 2.0. */
	const char *spec_version;
};

/**
 * @brief Builds and boots the platform; without this call, the first other
 *   one does, with all places.
 *
 * @param[in] platform What to build.
 *
 * @retval 0 Done.
 * @retval -EINVAL The pointer is NULL, or a number is not valid, or
 *   G_IPSEC_LA_DEVICES says what it may not.
 * @retval -EBUSY There is a platform already.
 * @retval -ENODEV The process is a child that fork has made.
 * @retval -ENOMEM There is no memory, descriptor or thread for the platform.
 */
int32_t g_ipsec_la_sim_start(const struct g_ipsec_la_sim_platform *platform);

/**
 * @brief Plugs an accelerator in: a card, or the connection to a served one.
 *
 * @param[in] slot 0 to 3.
 *
 * @retval 0 Done.
 * @retval -EINVAL There is no such slot, or G_IPSEC_LA_DEVICES says what it
 *   may not.
 * @retval -EBUSY It is taken.
 * @retval -ENODEV The process is a child that fork has made.
 * @retval -ENOMEM There is no memory, descriptor or thread for the platform.
 */
int32_t g_ipsec_la_sim_plug(uint32_t slot);

/**
 * @brief Pulls an accelerator out, whatever it does.
 *
 * @param[in] slot 0 to 3.
 *
 * @retval 0 Done.
 * @retval -EINVAL There is no such slot, or G_IPSEC_LA_DEVICES says what it
 *   may not.
 * @retval -ENODEV It is empty.
 * @retval -ENOMEM There is no memory, descriptor or thread for the platform.
 */
int32_t g_ipsec_la_sim_unplug(uint32_t slot);

/**
 * @brief Lets an accelerator take packets without working on them, or go on
 *   working.
 *
 * @param[in] slot 0 to 3.
 * @param[in] hold Whether it holds.
 *
 * @retval 0 Done.
 * @retval -EINVAL There is no such slot, or G_IPSEC_LA_DEVICES says what it
 *   may not.
 * @retval -ENODEV It is empty.
 * @retval -ENOMEM There is no memory, descriptor or thread for the platform.
 */
int32_t g_ipsec_la_sim_hold(uint32_t slot, bool hold);

/**
 * @brief Has an accelerator need a reset, after which its driver makes the
 *   SAs again.
 *
 * @param[in] slot 0 to 3.
 *
 * @retval 0 Done.
 * @retval -EINVAL There is no such slot, or G_IPSEC_LA_DEVICES says what it
 *   may not.
 * @retval -ENODEV It is empty.
 * @retval -ENOMEM There is no memory, descriptor or thread for the platform.
 */
int32_t g_ipsec_la_sim_fail(uint32_t slot);

/** @} */

#ifdef __cplusplus
}
#endif

#endif /* G_IPSEC_LA_SIM_H */
