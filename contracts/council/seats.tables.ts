import { Asset, Name, TableStore, currentTimeSec } from 'proton-tsc';
import { CHAIR_FOR } from '../shared/votes';
import { Delegation, Seat } from './council.tables';

/** Seats of a council: it bounds every walk over them. */
export const MAX_SEATS: i32 = 21;

/** Place of the robot's delegation in the seat, or -1. */
export function delegationIndex(seat: Seat, robot: Name): i32 {
  for (let i = 0; i < seat.robots.length; i++) {
    if (seat.robots[i].robot == robot) return i;
  }
  return -1;
}

/** Whether the delegation lets the robot decide this kind and amount now. */
export function covers(delegation: Delegation, kind: Name, amount: Asset): bool {
  return (
    delegation.kinds.includes(kind) &&
    amount.amount <= delegation.limit.amount &&
    delegation.expires.utcSeconds > currentTimeSec()
  );
}

/** All seats of a council, at most MAX_SEATS. */
export function allSeats(council: Name, coop: Name): Seat[] {
  const store = new TableStore<Seat>(council, coop);
  const seats: Seat[] = [];
  let seat = store.first();
  while (seat != null) {
    seats.push(seat);
    seat = store.next(seat);
  }
  return seats;
}

/** Seats for which a robot decides a kind and amount, and whether it signs for the chair. */
export class RobotPower {
  seats: u16 = 0;
  members_for: Name[] = [];
  chair: Name = new Name();
  chair_vote: u8 = 0;
  signs: bool = false;

  constructor(seats: Seat[], robot: Name, kind: Name, amount: Asset) {
    this.seats = <u16>seats.length;
    for (let i = 0; i < seats.length; i++) {
      const isChair = seats[i].role == Name.fromString('chair');
      if (isChair) this.chair = seats[i].member;
      const known = delegationIndex(seats[i], robot);
      if (known < 0 || !covers(seats[i].robots[known], kind, amount)) continue;
      this.members_for.push(seats[i].member);
      if (!isChair) continue;
      this.chair_vote = CHAIR_FOR;
      this.signs = seats[i].robots[known].signs;
    }
  }
}

/** Whether any seat lets the robot decide this kind and amount now. */
export function isRobotOf(seats: Seat[], robot: Name, kind: Name, amount: Asset): bool {
  return new RobotPower(seats, robot, kind, amount).members_for.length > 0;
}
