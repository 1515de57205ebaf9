/* eptp_list.h -- the list of EPTPs from which VMFUNC takes the guest's next one
 * (SDM vol. 3, "EPTP Switching")
 */
#ifndef EPTP_LIST_H
#define EPTP_LIST_H

#include "tests/player/player.h"

/* True if the current VMCS lets VMFUNC switch to no EPT but the views: there is no list that
 * counts, or it is a page of the scenario that neither the guest nor the processor writes, and each
 * entry leads to a view or is refused by VMFUNC.  Else false after player_at_fault(). */
bool eptp_list_is_confined(struct player *player);

#endif
