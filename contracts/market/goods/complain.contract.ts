import { Asset, Checksum256, Name, requireAuth } from 'proton-tsc';
import { requireAtMost, requirePositive } from '../../shared/amounts';
import { refuse, requireHash, requireText } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { requireLot } from '../lots.tables';
import { Complaint } from '../market.tables';
import { requireIssueTo } from './acts.tables';
import { Returns } from './return.contract';

/** What members say of the quality of goods, and what the section answers. */
export class Complaints extends Returns {
  /** A member complains about goods that an act issued to them; one complaint about an act is open at a time. */
  @action('complain')
  complain(member: Name, act_id: u64, quantity: Asset, reason: string, document_hash: Checksum256): void {
    requireAuth(member);

    requireHash('document_hash', document_hash);
    requireText('reason', reason);
    const issue = requireIssueTo(this.acts, act_id, member);
    const issued = issue.body;
    requirePositive('quantity', quantity, issued.quantity.symbol);
    requireAtMost('quantity', quantity, issued.quantity);
    const open = issue.complaint_id;
    if (open != 0)
      refuse(`act_id: an act without an open complaint expected, ${act_id} has complaint ${open}`);

    const complaint = new Complaint(this.takeComplaint(), issued.coop, act_id, issued.lot_id, issued.product);
    complaint.member = member;
    complaint.quantity = quantity;
    complaint.reason = reason;
    complaint.status = Name.fromString('open');
    complaint.document_hash = document_hash;
    this.complaints.store(complaint, this.receiver);
    issue.complaint_id = complaint.complaint_id;
    this.acts.update(issue, this.receiver);
    sendLog(this.receiver, 'logclaim', complaint);
  }

  /** Answers a complaint, for or against the member, with the reason; the chair of the section that issued the goods signs. */
  @action('resolve')
  resolve(chair: Name, complaint_id: u64, upheld: bool, reason: string, document_hash: Checksum256): void {
    requireAuth(chair);

    requireHash('document_hash', document_hash);
    requireText('reason', reason);
    const complaint = this.complaints.get(complaint_id);
    if (complaint == null) {
      refuse(`complaint_id: an open complaint expected, ${complaint_id} is unknown or answered`);
      return;
    }
    const lot = requireLot(this.lots, complaint.lot_id);
    this.reference.requireChair(this.reference.point('point_id', lot.point_id), chair);

    const act = this.acts.get(complaint.act_id);
    if (act != null) {
      act.complaint_id = 0;
      this.acts.update(act, this.receiver);
    }
    this.complaints.remove(complaint);
    complaint.status = upheld ? Name.fromString('upheld') : Name.fromString('dismissed');
    complaint.reason = reason;
    complaint.chair = chair;
    complaint.document_hash = document_hash;
    sendLog(this.receiver, 'logclaim', complaint);
  }

  private takeComplaint(): u64 {
    const counters = this.counters.get();
    counters.complaint_id += 1;
    this.counters.set(counters, this.receiver);
    return counters.complaint_id;
  }
}
