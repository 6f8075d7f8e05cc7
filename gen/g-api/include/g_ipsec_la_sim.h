/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Look-aside IPsec accelerators for applications: g_ipsec_la 2.0.
 *
 * Generated; do not edit. Made by: ipsec-la generate
 */
/**
 * @file
 * @brief The simulated platform behind the g-API: for tests that plug,
 *   unplug and hold accelerators.
 */

#ifndef G_IPSEC_LA_SIM_H
#define G_IPSEC_LA_SIM_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @name The simulated platform
 * @{
 */

/** @brief A platform to build. */
struct g_ipsec_la_sim_platform {
	uint32_t num_devices; /**< Accelerators, 0 to 4; each is a PCI card. */
	/** Virtual CPUs, each with queues of its own: 1 to 64. */
	uint32_t num_cpus;
	/** Of the device's interface: 0.4, 1.0 or 2.0; NULL for 2.0. */
	const char *spec_version;
};

/**
 * @brief Builds and boots the platform; without this call, the first other
 *   one does, with two cards.
 *
 * @param[in] platform What to build.
 *
 * @retval 0 Done.
 * @retval -EINVAL The pointer is NULL, or a number is not valid.
 * @retval -EBUSY There is a platform already.
 * @retval -ENOMEM The platform cannot be built.
 */
int32_t g_ipsec_la_sim_start(const struct g_ipsec_la_sim_platform *platform);

/**
 * @brief Plugs a card in.
 *
 * @param[in] slot 0 to 3.
 *
 * @retval 0 Done.
 * @retval -EINVAL There is no such slot.
 * @retval -EBUSY It is taken.
 * @retval -ENOMEM The platform cannot be built.
 */
int32_t g_ipsec_la_sim_plug(uint32_t slot);

/**
 * @brief Pulls a card out, whatever it does.
 *
 * @param[in] slot 0 to 3.
 *
 * @retval 0 Done.
 * @retval -EINVAL There is no such slot.
 * @retval -ENODEV It is empty.
 * @retval -ENOMEM The platform cannot be built.
 */
int32_t g_ipsec_la_sim_unplug(uint32_t slot);

/**
 * @brief Lets a card take packets without working on them, or go on working.
 *
 * @param[in] slot 0 to 3.
 * @param[in] hold Whether it holds.
 *
 * @retval 0 Done.
 * @retval -EINVAL There is no such slot.
 * @retval -ENODEV It is empty.
 * @retval -ENOMEM The platform cannot be built.
 */
int32_t g_ipsec_la_sim_hold(uint32_t slot, bool hold);

/**
 * @brief Lets a card ask for a reset, after which its driver makes the SAs
 *   again.
 *
 * @param[in] slot 0 to 3.
 *
 * @retval 0 Done.
 * @retval -EINVAL There is no such slot.
 * @retval -ENODEV It is empty.
 * @retval -ENOMEM The platform cannot be built.
 */
int32_t g_ipsec_la_sim_fail(uint32_t slot);

/** @} */

#ifdef __cplusplus
}
#endif

#endif /* G_IPSEC_LA_SIM_H */
