// Unformatted: the formatter would give each variable a line of its own.
package dev.weft.internal.runtime;

/**
 * Makes a StackOverflowError come before something is begun that must not be left half done: with a lock held, or a
 * waiter granted and not woken up.
 *
 * <p>The JVM throws that error at the entry of a method, and looks there whether the whole frame fits. So a method with
 * many variables asks for as much stack as it has variables for. Interpreted, it has such a frame. Compiled, it has
 * none, but must leave room for the interpreter's in case it has to go back to it: a few writes below the stack pointer
 * at its entry. Inlined, it would ask for next to nothing: so each method has its variables by itself, and is too long
 * to be inlined ({@code -XX:FreqInlineSize}). {@code StackReserveTest} shows that it works.
 */
public final class StackReserve {

    /** Never set. Not a constant, so that the compilers keep a place at which the interpreter might have to go on. */
    @SuppressWarnings("FieldMayBeFinal")
    private static boolean never;

    private StackReserve() {}

    /**
     * Before a lock is taken: 8 KB, enough for the section, and for waking up those that it has granted something.
     *
     * @throws StackOverflowError if there is less
     */
    @SuppressWarnings({"unused", "UnusedVariable"})
    public static void forSection() {
        long aa, ab, ac, ad, ae, af, ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, as, at, au, av, aw, ax, ay, az, ba,
                bb, bc, bd, be, bf, bg, bh, bi, bj, bk, bl, bm, bn, bo, bp, bq, br, bs, bt, bu, bv, bw, bx, by, bz, ca,
                cb, cc, cd, ce, cf, cg, ch, ci, cj, ck, cl, cm, cn, co, cp, cq, cr, cs, ct, cu, cv, cw, cx, cy, cz, da,
                db, dc, dd, de, df, dg, dh, di, dj, dk, dl, dm, dn, dp, dq, dr, ds, dt, du, dv, dw, dx, dy, dz, ea, eb,
                ec, ed, ee, ef, eg, eh, ei, ej, ek, el, em, en, eo, ep, eq, er, es, et, eu, ev, ew, ex, ey, ez, fa, fb,
                fc, fd, fe, ff, fg, fh, fi, fj, fk, fl, fm, fn, fo, fp, fq, fr, fs, ft, fu, fv, fw, fx, fy, fz, ga, gb,
                gc, gd, ge, gf, gg, gh, gi, gj, gk, gl, gm, gn, go, gp, gq, gr, gs, gt, gu, gv, gw, gx, gy, gz, ha, hb,
                hc, hd, he, hf, hg, hh, hi, hj, hk, hl, hm, hn, ho, hp, hq, hr, hs, ht, hu, hv, hw, hx, hy, hz, ia, ib,
                ic, id, ie, ig, ih, ii, ij, ik, il, im, in, io, ip, iq, ir, is, it, iu, iv, iw, ix, iy, iz, ja, jb, jc,
                jd, je, jf, jg, jh, ji, jj, jk, jl, jm, jn, jo, jp, jq, jr, js, jt, ju, jv, jw, jx, jy, jz, ka, kb, kc,
                kd, ke, kf, kg, kh, ki, kj, kk, kl, km, kn, ko, kp, kq, kr, ks, kt, ku, kv, kw, kx, ky, kz, la, lb, lc,
                ld, le, lf, lg, lh, li, lj, lk, ll, lm, ln, lo, lp, lq, lr, ls, lt, lu, lv, lw, lx, ly, lz, ma, mb, mc,
                md, me, mf, mg, mh, mi, mj, mk, ml, mm, mn, mo, mp, mq, mr, ms, mt, mu, mv, mw, mx, my, mz, na, nb, nc,
                nd, ne, nf, ng, nh, ni, nj, nk, nl, nm, nn, no, np, nq, nr, ns, nt, nu, nv, nw, nx, ny, nz, oa, ob, oc,
                od, oe, of, og, oh, oi, oj, ok, ol, om, on, oo, op, oq, os, ot, ou, ov, ow, ox, oy, oz, pa, pb, pc, pd,
                pe, pf, pg, ph, pi, pj, pk, pl, pm, pn, po, pp, pq, pr, ps, pt, pu, pv, pw, px, py, pz, qa, qb, qc, qd,
                qe, qf, qg, qh, qi, qj, qk, ql, qm, qn, qo, qp, qq, qr, qs, qt, qu, qv, qw, qx, qy, qz, ra, rb, rc, rd,
                re, rf, rg, rh, ri, rj, rk, rl, rm, rn, ro, rp, rq, rr, rs, rt, ru, rv, rw, rx, ry, rz, sa, sb, sc, sd,
                se, sf, sg, sh, si, sj, sk, sl, sm, sn, so, sp, sq, sr, ss, st, su, sv, sw, sx, sy, sz, ta, tb, tc, td,
                te, tf, tg, th, ti;
        if (never) {
            ht = 0; hu = ht; hv = hu; hw = hv; hx = hw; hy = hx; hz = hy; ia = hz; ib = ia; ic = ib; id = ic; ie = id;
            ig = ie; ih = ig; ii = ih; ij = ii; ik = ij; il = ik; im = il; in = im; io = in; ip = io; iq = ip; ir = iq;
            is = ir; it = is; iu = it; iv = iu; iw = iv; ix = iw; iy = ix; iz = iy; ja = iz; jb = ja; jc = jb; jd = jc;
            je = jd; jf = je; jg = jf; jh = jg; ji = jh; jj = ji; jk = jj; jl = jk; jm = jl; jn = jm; jo = jn; jp = jo;
            jq = jp; jr = jq; js = jr; jt = js; ju = jt; jv = ju; jw = jv; jx = jw; jy = jx; jz = jy; ka = jz; kb = ka;
            kc = kb; kd = kc; ke = kd; kf = ke; kg = kf; kh = kg; ki = kh; kj = ki; kk = kj; kl = kk; km = kl; kn = km;
            ko = kn; kp = ko; kq = kp; kr = kq; ks = kr; kt = ks; ku = kt; kv = ku; kw = kv; kx = kw; ky = kx; kz = ky;
            la = kz; lb = la; lc = lb; ld = lc; le = ld; lf = le;
            unreachable(lf);
        }
    }

    /**
     * Before a call that consists of several sections, of which the later ones must not fail if the first has not: 16
     * KB, which leaves enough for each {@link #forSection} within the call.
     *
     * @throws StackOverflowError if there is less
     */
    @SuppressWarnings({"unused", "UnusedVariable"})
    public static void forCall() {
        long aa, ab, ac, ad, ae, af, ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, as, at, au, av, aw, ax, ay, az, ba,
                bb, bc, bd, be, bf, bg, bh, bi, bj, bk, bl, bm, bn, bo, bp, bq, br, bs, bt, bu, bv, bw, bx, by, bz, ca,
                cb, cc, cd, ce, cf, cg, ch, ci, cj, ck, cl, cm, cn, co, cp, cq, cr, cs, ct, cu, cv, cw, cx, cy, cz, da,
                db, dc, dd, de, df, dg, dh, di, dj, dk, dl, dm, dn, dp, dq, dr, ds, dt, du, dv, dw, dx, dy, dz, ea, eb,
                ec, ed, ee, ef, eg, eh, ei, ej, ek, el, em, en, eo, ep, eq, er, es, et, eu, ev, ew, ex, ey, ez, fa, fb,
                fc, fd, fe, ff, fg, fh, fi, fj, fk, fl, fm, fn, fo, fp, fq, fr, fs, ft, fu, fv, fw, fx, fy, fz, ga, gb,
                gc, gd, ge, gf, gg, gh, gi, gj, gk, gl, gm, gn, go, gp, gq, gr, gs, gt, gu, gv, gw, gx, gy, gz, ha, hb,
                hc, hd, he, hf, hg, hh, hi, hj, hk, hl, hm, hn, ho, hp, hq, hr, hs, ht, hu, hv, hw, hx, hy, hz, ia, ib,
                ic, id, ie, ig, ih, ii, ij, ik, il, im, in, io, ip, iq, ir, is, it, iu, iv, iw, ix, iy, iz, ja, jb, jc,
                jd, je, jf, jg, jh, ji, jj, jk, jl, jm, jn, jo, jp, jq, jr, js, jt, ju, jv, jw, jx, jy, jz, ka, kb, kc,
                kd, ke, kf, kg, kh, ki, kj, kk, kl, km, kn, ko, kp, kq, kr, ks, kt, ku, kv, kw, kx, ky, kz, la, lb, lc,
                ld, le, lf, lg, lh, li, lj, lk, ll, lm, ln, lo, lp, lq, lr, ls, lt, lu, lv, lw, lx, ly, lz, ma, mb, mc,
                md, me, mf, mg, mh, mi, mj, mk, ml, mm, mn, mo, mp, mq, mr, ms, mt, mu, mv, mw, mx, my, mz, na, nb, nc,
                nd, ne, nf, ng, nh, ni, nj, nk, nl, nm, nn, no, np, nq, nr, ns, nt, nu, nv, nw, nx, ny, nz, oa, ob, oc,
                od, oe, of, og, oh, oi, oj, ok, ol, om, on, oo, op, oq, os, ot, ou, ov, ow, ox, oy, oz, pa, pb, pc, pd,
                pe, pf, pg, ph, pi, pj, pk, pl, pm, pn, po, pp, pq, pr, ps, pt, pu, pv, pw, px, py, pz, qa, qb, qc, qd,
                qe, qf, qg, qh, qi, qj, qk, ql, qm, qn, qo, qp, qq, qr, qs, qt, qu, qv, qw, qx, qy, qz, ra, rb, rc, rd,
                re, rf, rg, rh, ri, rj, rk, rl, rm, rn, ro, rp, rq, rr, rs, rt, ru, rv, rw, rx, ry, rz, sa, sb, sc, sd,
                se, sf, sg, sh, si, sj, sk, sl, sm, sn, so, sp, sq, sr, ss, st, su, sv, sw, sx, sy, sz, ta, tb, tc, td,
                te, tf, tg, th, ti, tj, tk, tl, tm, tn, to, tp, tq, tr, ts, tt, tu, tv, tw, tx, ty, tz, ua, ub, uc, ud,
                ue, uf, ug, uh, ui, uj, uk, ul, um, un, uo, up, uq, ur, us, ut, uu, uv, uw, ux, uy, uz, va, vb, vc, vd,
                ve, vf, vg, vh, vi, vj, vk, vl, vm, vn, vo, vp, vq, vr, vs, vt, vu, vv, vw, vx, vy, vz, wa, wb, wc, wd,
                we, wf, wg, wh, wi, wj, wk, wl, wm, wn, wo, wp, wq, wr, ws, wt, wu, wv, ww, wx, wy, wz, xa, xb, xc, xd,
                xe, xf, xg, xh, xi, xj, xk, xl, xm, xn, xo, xp, xq, xr, xs, xt, xu, xv, xw, xx, xy, xz, ya, yb, yc, yd,
                ye, yf, yg, yh, yi, yj, yk, yl, ym, yn, yo, yp, yq, yr, ys, yt, yu, yv, yw, yx, yy, yz, za, zb, zc, zd,
                ze, zf, zg, zh, zi, zj, zk, zl, zm, zn, zo, zp, zq, zr, zs, zt, zu, zv, zw, zx, zy, zz, aaa, aab, aac,
                aad, aae, aaf, aag, aah, aai, aaj, aak, aal, aam, aan, aao, aap, aaq, aar, aas, aat, aau, aav, aaw, aax,
                aay, aaz, aba, abb, abc, abd, abe, abf, abg, abh, abi, abj, abk, abl, abm, abn, abo, abp, abq, abr, abs,
                abt, abu, abv, abw, abx, aby, abz, aca, acb, acc, acd, ace, acf, acg, ach, aci, acj, ack, acl, acm, acn,
                aco, acp, acq, acr, acs, act, acu, acv, acw, acx, acy, acz, ada, adb, adc, add, ade, adf, adg, adh, adi,
                adj, adk, adl, adm, adn, ado, adp, adq, adr, ads, adt, adu, adv, adw, adx, ady, adz, aea, aeb, aec, aed,
                aee, aef, aeg, aeh, aei, aej, aek, ael, aem, aen, aeo, aep, aeq, aer, aes, aet, aeu, aev, aew, aex, aey,
                aez, afa, afb, afc, afd, afe, aff, afg, afh, afi, afj, afk, afl, afm, afn, afo, afp, afq, afr, afs, aft,
                afu, afv, afw, afx, afy, afz, aga, agb, agc, agd, age, agf, agg, agh, agi, agj, agk, agl, agm, agn, ago,
                agp, agq, agr, ags, agt, agu, agv, agw, agx, agy, agz, aha, ahb, ahc, ahd, ahe, ahf, ahg, ahh, ahi, ahj,
                ahk, ahl, ahm, ahn, aho, ahp, ahq, ahr, ahs, aht, ahu, ahv, ahw, ahx, ahy, ahz, aia, aib, aic, aid, aie,
                aif, aig, aih, aii, aij, aik, ail, aim, ain, aio, aip, aiq, air, ais, ait, aiu, aiv, aiw, aix, aiy, aiz,
                aja, ajb, ajc, ajd, aje, ajf, ajg, ajh, aji, ajj, ajk, ajl, ajm, ajn, ajo, ajp, ajq, ajr, ajs, ajt, aju,
                ajv, ajw, ajx, ajy, ajz, aka, akb, akc, akd, ake, akf, akg, akh, aki, akj, akk, akl, akm, akn, ako, akp,
                akq, akr, aks, akt, aku, akv, akw, akx, aky, akz, ala, alb, alc, ald, ale, alf, alg, alh, ali, alj, alk,
                all, alm, aln, alo, alp, alq, alr, als, alt, alu, alv, alw, alx, aly, alz, ama, amb, amc, amd, ame, amf,
                amg, amh, ami, amj, amk, aml, amm, amn, amo;
        if (never) {
            ht = 0; hu = ht; hv = hu; hw = hv; hx = hw; hy = hx; hz = hy; ia = hz; ib = ia; ic = ib; id = ic; ie = id;
            ig = ie; ih = ig; ii = ih; ij = ii; ik = ij; il = ik; im = il; in = im; io = in; ip = io; iq = ip; ir = iq;
            is = ir; it = is; iu = it; iv = iu; iw = iv; ix = iw; iy = ix; iz = iy; ja = iz; jb = ja; jc = jb; jd = jc;
            je = jd; jf = je; jg = jf; jh = jg; ji = jh; jj = ji; jk = jj; jl = jk; jm = jl; jn = jm; jo = jn; jp = jo;
            jq = jp; jr = jq; js = jr; jt = js; ju = jt; jv = ju; jw = jv; jx = jw; jy = jx; jz = jy; ka = jz; kb = ka;
            kc = kb; kd = kc; ke = kd; kf = ke; kg = kf; kh = kg; ki = kh; kj = ki; kk = kj; kl = kk; km = kl; kn = km;
            ko = kn; kp = ko; kq = kp; kr = kq; ks = kr; kt = ks; ku = kt; kv = ku; kw = kv; kx = kw; ky = kx; kz = ky;
            la = kz; lb = la; lc = lb; ld = lc; le = ld; lf = le;
            unreachable(lf);
        }
    }

    /**
     * Before a construct begins that must be able to end, with all the calls that belongs to: 24 KB.
     *
     * @throws StackOverflowError if there is less
     */
    @SuppressWarnings({"unused", "UnusedVariable"})
    public static void forConstruct() {
        long aa, ab, ac, ad, ae, af, ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, as, at, au, av, aw, ax, ay, az, ba,
                bb, bc, bd, be, bf, bg, bh, bi, bj, bk, bl, bm, bn, bo, bp, bq, br, bs, bt, bu, bv, bw, bx, by, bz, ca,
                cb, cc, cd, ce, cf, cg, ch, ci, cj, ck, cl, cm, cn, co, cp, cq, cr, cs, ct, cu, cv, cw, cx, cy, cz, da,
                db, dc, dd, de, df, dg, dh, di, dj, dk, dl, dm, dn, dp, dq, dr, ds, dt, du, dv, dw, dx, dy, dz, ea, eb,
                ec, ed, ee, ef, eg, eh, ei, ej, ek, el, em, en, eo, ep, eq, er, es, et, eu, ev, ew, ex, ey, ez, fa, fb,
                fc, fd, fe, ff, fg, fh, fi, fj, fk, fl, fm, fn, fo, fp, fq, fr, fs, ft, fu, fv, fw, fx, fy, fz, ga, gb,
                gc, gd, ge, gf, gg, gh, gi, gj, gk, gl, gm, gn, go, gp, gq, gr, gs, gt, gu, gv, gw, gx, gy, gz, ha, hb,
                hc, hd, he, hf, hg, hh, hi, hj, hk, hl, hm, hn, ho, hp, hq, hr, hs, ht, hu, hv, hw, hx, hy, hz, ia, ib,
                ic, id, ie, ig, ih, ii, ij, ik, il, im, in, io, ip, iq, ir, is, it, iu, iv, iw, ix, iy, iz, ja, jb, jc,
                jd, je, jf, jg, jh, ji, jj, jk, jl, jm, jn, jo, jp, jq, jr, js, jt, ju, jv, jw, jx, jy, jz, ka, kb, kc,
                kd, ke, kf, kg, kh, ki, kj, kk, kl, km, kn, ko, kp, kq, kr, ks, kt, ku, kv, kw, kx, ky, kz, la, lb, lc,
                ld, le, lf, lg, lh, li, lj, lk, ll, lm, ln, lo, lp, lq, lr, ls, lt, lu, lv, lw, lx, ly, lz, ma, mb, mc,
                md, me, mf, mg, mh, mi, mj, mk, ml, mm, mn, mo, mp, mq, mr, ms, mt, mu, mv, mw, mx, my, mz, na, nb, nc,
                nd, ne, nf, ng, nh, ni, nj, nk, nl, nm, nn, no, np, nq, nr, ns, nt, nu, nv, nw, nx, ny, nz, oa, ob, oc,
                od, oe, of, og, oh, oi, oj, ok, ol, om, on, oo, op, oq, os, ot, ou, ov, ow, ox, oy, oz, pa, pb, pc, pd,
                pe, pf, pg, ph, pi, pj, pk, pl, pm, pn, po, pp, pq, pr, ps, pt, pu, pv, pw, px, py, pz, qa, qb, qc, qd,
                qe, qf, qg, qh, qi, qj, qk, ql, qm, qn, qo, qp, qq, qr, qs, qt, qu, qv, qw, qx, qy, qz, ra, rb, rc, rd,
                re, rf, rg, rh, ri, rj, rk, rl, rm, rn, ro, rp, rq, rr, rs, rt, ru, rv, rw, rx, ry, rz, sa, sb, sc, sd,
                se, sf, sg, sh, si, sj, sk, sl, sm, sn, so, sp, sq, sr, ss, st, su, sv, sw, sx, sy, sz, ta, tb, tc, td,
                te, tf, tg, th, ti, tj, tk, tl, tm, tn, to, tp, tq, tr, ts, tt, tu, tv, tw, tx, ty, tz, ua, ub, uc, ud,
                ue, uf, ug, uh, ui, uj, uk, ul, um, un, uo, up, uq, ur, us, ut, uu, uv, uw, ux, uy, uz, va, vb, vc, vd,
                ve, vf, vg, vh, vi, vj, vk, vl, vm, vn, vo, vp, vq, vr, vs, vt, vu, vv, vw, vx, vy, vz, wa, wb, wc, wd,
                we, wf, wg, wh, wi, wj, wk, wl, wm, wn, wo, wp, wq, wr, ws, wt, wu, wv, ww, wx, wy, wz, xa, xb, xc, xd,
                xe, xf, xg, xh, xi, xj, xk, xl, xm, xn, xo, xp, xq, xr, xs, xt, xu, xv, xw, xx, xy, xz, ya, yb, yc, yd,
                ye, yf, yg, yh, yi, yj, yk, yl, ym, yn, yo, yp, yq, yr, ys, yt, yu, yv, yw, yx, yy, yz, za, zb, zc, zd,
                ze, zf, zg, zh, zi, zj, zk, zl, zm, zn, zo, zp, zq, zr, zs, zt, zu, zv, zw, zx, zy, zz, aaa, aab, aac,
                aad, aae, aaf, aag, aah, aai, aaj, aak, aal, aam, aan, aao, aap, aaq, aar, aas, aat, aau, aav, aaw, aax,
                aay, aaz, aba, abb, abc, abd, abe, abf, abg, abh, abi, abj, abk, abl, abm, abn, abo, abp, abq, abr, abs,
                abt, abu, abv, abw, abx, aby, abz, aca, acb, acc, acd, ace, acf, acg, ach, aci, acj, ack, acl, acm, acn,
                aco, acp, acq, acr, acs, act, acu, acv, acw, acx, acy, acz, ada, adb, adc, add, ade, adf, adg, adh, adi,
                adj, adk, adl, adm, adn, ado, adp, adq, adr, ads, adt, adu, adv, adw, adx, ady, adz, aea, aeb, aec, aed,
                aee, aef, aeg, aeh, aei, aej, aek, ael, aem, aen, aeo, aep, aeq, aer, aes, aet, aeu, aev, aew, aex, aey,
                aez, afa, afb, afc, afd, afe, aff, afg, afh, afi, afj, afk, afl, afm, afn, afo, afp, afq, afr, afs, aft,
                afu, afv, afw, afx, afy, afz, aga, agb, agc, agd, age, agf, agg, agh, agi, agj, agk, agl, agm, agn, ago,
                agp, agq, agr, ags, agt, agu, agv, agw, agx, agy, agz, aha, ahb, ahc, ahd, ahe, ahf, ahg, ahh, ahi, ahj,
                ahk, ahl, ahm, ahn, aho, ahp, ahq, ahr, ahs, aht, ahu, ahv, ahw, ahx, ahy, ahz, aia, aib, aic, aid, aie,
                aif, aig, aih, aii, aij, aik, ail, aim, ain, aio, aip, aiq, air, ais, ait, aiu, aiv, aiw, aix, aiy, aiz,
                aja, ajb, ajc, ajd, aje, ajf, ajg, ajh, aji, ajj, ajk, ajl, ajm, ajn, ajo, ajp, ajq, ajr, ajs, ajt, aju,
                ajv, ajw, ajx, ajy, ajz, aka, akb, akc, akd, ake, akf, akg, akh, aki, akj, akk, akl, akm, akn, ako, akp,
                akq, akr, aks, akt, aku, akv, akw, akx, aky, akz, ala, alb, alc, ald, ale, alf, alg, alh, ali, alj, alk,
                all, alm, aln, alo, alp, alq, alr, als, alt, alu, alv, alw, alx, aly, alz, ama, amb, amc, amd, ame, amf,
                amg, amh, ami, amj, amk, aml, amm, amn, amo, amp, amq, amr, ams, amt, amu, amv, amw, amx, amy, amz, ana,
                anb, anc, and, ane, anf, ang, anh, ani, anj, ank, anl, anm, ann, ano, anp, anq, anr, ans, ant, anu, anv,
                anw, anx, any, anz, aoa, aob, aoc, aod, aoe, aof, aog, aoh, aoi, aoj, aok, aol, aom, aon, aoo, aop, aoq,
                aor, aos, aot, aou, aov, aow, aox, aoy, aoz, apa, apb, apc, apd, ape, apf, apg, aph, api, apj, apk, apl,
                apm, apn, apo, app, apq, apr, aps, apt, apu, apv, apw, apx, apy, apz, aqa, aqb, aqc, aqd, aqe, aqf, aqg,
                aqh, aqi, aqj, aqk, aql, aqm, aqn, aqo, aqp, aqq, aqr, aqs, aqt, aqu, aqv, aqw, aqx, aqy, aqz, ara, arb,
                arc, ard, are, arf, arg, arh, ari, arj, ark, arl, arm, arn, aro, arp, arq, arr, ars, art, aru, arv, arw,
                arx, ary, arz, asa, asb, asc, asd, ase, asf, asg, ash, asi, asj, ask, asl, asm, asn, aso, asp, asq, asr,
                ass, ast, asu, asv, asw, asx, asy, asz, ata, atb, atc, atd, ate, atf, atg, ath, ati, atj, atk, atl, atm,
                atn, ato, atp, atq, atr, ats, att, atu, atv, atw, atx, aty, atz, aua, aub, auc, aud, aue, auf, aug, auh,
                aui, auj, auk, aul, aum, aun, auo, aup, auq, aur, aus, aut, auu, auv, auw, aux, auy, auz, ava, avb, avc,
                avd, ave, avf, avg, avh, avi, avj, avk, avl, avm, avn, avo, avp, avq, avr, avs, avt, avu, avv, avw, avx,
                avy, avz, awa, awb, awc, awd, awe, awf, awg, awh, awi, awj, awk, awl, awm, awn, awo, awp, awq, awr, aws,
                awt, awu, awv, aww, awx, awy, awz, axa, axb, axc, axd, axe, axf, axg, axh, axi, axj, axk, axl, axm, axn,
                axo, axp, axq, axr, axs, axt, axu, axv, axw, axx, axy, axz, aya, ayb, ayc, ayd, aye, ayf, ayg, ayh, ayi,
                ayj, ayk, ayl, aym, ayn, ayo, ayp, ayq, ayr, ays, ayt, ayu, ayv, ayw, ayx, ayy, ayz, aza, azb, azc, azd,
                aze, azf, azg, azh, azi, azj, azk, azl, azm, azn, azo, azp, azq, azr, azs, azt, azu, azv, azw, azx, azy,
                azz, baa, bab, bac, bad, bae, baf, bag, bah, bai, baj, bak, bal, bam, ban, bao, bap, baq, bar, bas, bat,
                bau, bav, baw, bax, bay, baz, bba, bbb, bbc, bbd, bbe, bbf, bbg, bbh, bbi, bbj, bbk, bbl, bbm, bbn, bbo,
                bbp, bbq, bbr, bbs, bbt, bbu, bbv, bbw, bbx, bby, bbz, bca, bcb, bcc, bcd, bce, bcf, bcg, bch, bci, bcj,
                bck, bcl, bcm, bcn, bco, bcp, bcq, bcr, bcs, bct, bcu, bcv, bcw, bcx, bcy, bcz, bda, bdb, bdc, bdd, bde,
                bdf, bdg, bdh, bdi, bdj, bdk, bdl, bdm, bdn, bdo, bdp, bdq, bdr, bds, bdt, bdu, bdv, bdw, bdx, bdy, bdz,
                bea, beb, bec, bed, bee, bef, beg, beh, bei, bej, bek, bel, bem, ben, beo, bep, beq, ber, bes, bet, beu,
                bev, bew, bex, bey, bez, bfa, bfb, bfc, bfd, bfe, bff, bfg, bfh, bfi, bfj, bfk, bfl, bfm, bfn, bfo, bfp,
                bfq, bfr, bfs, bft, bfu;
        if (never) {
            ht = 0; hu = ht; hv = hu; hw = hv; hx = hw; hy = hx; hz = hy; ia = hz; ib = ia; ic = ib; id = ic; ie = id;
            ig = ie; ih = ig; ii = ih; ij = ii; ik = ij; il = ik; im = il; in = im; io = in; ip = io; iq = ip; ir = iq;
            is = ir; it = is; iu = it; iv = iu; iw = iv; ix = iw; iy = ix; iz = iy; ja = iz; jb = ja; jc = jb; jd = jc;
            je = jd; jf = je; jg = jf; jh = jg; ji = jh; jj = ji; jk = jj; jl = jk; jm = jl; jn = jm; jo = jn; jp = jo;
            jq = jp; jr = jq; js = jr; jt = js; ju = jt; jv = ju; jw = jv; jx = jw; jy = jx; jz = jy; ka = jz; kb = ka;
            kc = kb; kd = kc; ke = kd; kf = ke; kg = kf; kh = kg; ki = kh; kj = ki; kk = kj; kl = kk; km = kl; kn = km;
            ko = kn; kp = ko; kq = kp; kr = kq; ks = kr; kt = ks; ku = kt; kv = ku; kw = kv; kx = kw; ky = kx; kz = ky;
            la = kz; lb = la; lc = lb; ld = lc; le = ld; lf = le;
            unreachable(lf);
        }
    }

    /**
     * Before the event loop's turn is passed, as what is ready then runs on the stack of whoever passes it: 40 KB, which
     * leaves enough for a {@link #forConstruct} within.
     *
     * @throws StackOverflowError if there is less
     */
    @SuppressWarnings({"unused", "UnusedVariable"})
    public static void forTurn() {
        long aa, ab, ac, ad, ae, af, ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, as, at, au, av, aw, ax, ay, az,
                ba, bb, bc, bd, be, bf, bg, bh, bi, bj, bk, bl, bm, bn, bo, bp, bq, br, bs, bt, bu, bv, bw, bx, by,
                bz, ca, cb, cc, cd, ce, cf, cg, ch, ci, cj, ck, cl, cm, cn, co, cp, cq, cr, cs, ct, cu, cv, cw, cx,
                cy, cz, da, db, dc, dd, de, df, dg, dh, di, dj, dk, dl, dm, dn, dp, dq, dr, ds, dt, du, dv, dw, dx,
                dy, dz, ea, eb, ec, ed, ee, ef, eg, eh, ei, ej, ek, el, em, en, eo, ep, eq, er, es, et, eu, ev, ew,
                ex, ey, ez, fa, fb, fc, fd, fe, ff, fg, fh, fi, fj, fk, fl, fm, fn, fo, fp, fq, fr, fs, ft, fu, fv,
                fw, fx, fy, fz, ga, gb, gc, gd, ge, gf, gg, gh, gi, gj, gk, gl, gm, gn, go, gp, gq, gr, gs, gt, gu,
                gv, gw, gx, gy, gz, ha, hb, hc, hd, he, hf, hg, hh, hi, hj, hk, hl, hm, hn, ho, hp, hq, hr, hs, ht,
                hu, hv, hw, hx, hy, hz, ia, ib, ic, id, ie, ig, ih, ii, ij, ik, il, im, in, io, ip, iq, ir, is, it,
                iu, iv, iw, ix, iy, iz, ja, jb, jc, jd, je, jf, jg, jh, ji, jj, jk, jl, jm, jn, jo, jp, jq, jr, js,
                jt, ju, jv, jw, jx, jy, jz, ka, kb, kc, kd, ke, kf, kg, kh, ki, kj, kk, kl, km, kn, ko, kp, kq, kr,
                ks, kt, ku, kv, kw, kx, ky, kz, la, lb, lc, ld, le, lf, lg, lh, li, lj, lk, ll, lm, ln, lo, lp, lq,
                lr, ls, lt, lu, lv, lw, lx, ly, lz, ma, mb, mc, md, me, mf, mg, mh, mi, mj, mk, ml, mm, mn, mo, mp,
                mq, mr, ms, mt, mu, mv, mw, mx, my, mz, na, nb, nc, nd, ne, nf, ng, nh, ni, nj, nk, nl, nm, nn, no,
                np, nq, nr, ns, nt, nu, nv, nw, nx, ny, nz, oa, ob, oc, od, oe, of, og, oh, oi, oj, ok, ol, om, on,
                oo, op, oq, os, ot, ou, ov, ow, ox, oy, oz, pa, pb, pc, pd, pe, pf, pg, ph, pi, pj, pk, pl, pm, pn,
                po, pp, pq, pr, ps, pt, pu, pv, pw, px, py, pz, qa, qb, qc, qd, qe, qf, qg, qh, qi, qj, qk, ql, qm,
                qn, qo, qp, qq, qr, qs, qt, qu, qv, qw, qx, qy, qz, ra, rb, rc, rd, re, rf, rg, rh, ri, rj, rk, rl,
                rm, rn, ro, rp, rq, rr, rs, rt, ru, rv, rw, rx, ry, rz, sa, sb, sc, sd, se, sf, sg, sh, si, sj, sk,
                sl, sm, sn, so, sp, sq, sr, ss, st, su, sv, sw, sx, sy, sz, ta, tb, tc, td, te, tf, tg, th, ti, tj,
                tk, tl, tm, tn, to, tp, tq, tr, ts, tt, tu, tv, tw, tx, ty, tz, ua, ub, uc, ud, ue, uf, ug, uh, ui,
                uj, uk, ul, um, un, uo, up, uq, ur, us, ut, uu, uv, uw, ux, uy, uz, va, vb, vc, vd, ve, vf, vg, vh,
                vi, vj, vk, vl, vm, vn, vo, vp, vq, vr, vs, vt, vu, vv, vw, vx, vy, vz, wa, wb, wc, wd, we, wf, wg,
                wh, wi, wj, wk, wl, wm, wn, wo, wp, wq, wr, ws, wt, wu, wv, ww, wx, wy, wz, xa, xb, xc, xd, xe, xf,
                xg, xh, xi, xj, xk, xl, xm, xn, xo, xp, xq, xr, xs, xt, xu, xv, xw, xx, xy, xz, ya, yb, yc, yd, ye,
                yf, yg, yh, yi, yj, yk, yl, ym, yn, yo, yp, yq, yr, ys, yt, yu, yv, yw, yx, yy, yz, za, zb, zc, zd,
                ze, zf, zg, zh, zi, zj, zk, zl, zm, zn, zo, zp, zq, zr, zs, zt, zu, zv, zw, zx, zy, zz, aaa, aab, aac,
                aad, aae, aaf, aag, aah, aai, aaj, aak, aal, aam, aan, aao, aap, aaq, aar, aas, aat, aau, aav, aaw,
                aax, aay, aaz, aba, abb, abc, abd, abe, abf, abg, abh, abi, abj, abk, abl, abm, abn, abo, abp, abq,
                abr, abs, abt, abu, abv, abw, abx, aby, abz, aca, acb, acc, acd, ace, acf, acg, ach, aci, acj, ack,
                acl, acm, acn, aco, acp, acq, acr, acs, act, acu, acv, acw, acx, acy, acz, ada, adb, adc, add, ade,
                adf, adg, adh, adi, adj, adk, adl, adm, adn, ado, adp, adq, adr, ads, adt, adu, adv, adw, adx, ady,
                adz, aea, aeb, aec, aed, aee, aef, aeg, aeh, aei, aej, aek, ael, aem, aen, aeo, aep, aeq, aer, aes,
                aet, aeu, aev, aew, aex, aey, aez, afa, afb, afc, afd, afe, aff, afg, afh, afi, afj, afk, afl, afm,
                afn, afo, afp, afq, afr, afs, aft, afu, afv, afw, afx, afy, afz, aga, agb, agc, agd, age, agf, agg,
                agh, agi, agj, agk, agl, agm, agn, ago, agp, agq, agr, ags, agt, agu, agv, agw, agx, agy, agz, aha,
                ahb, ahc, ahd, ahe, ahf, ahg, ahh, ahi, ahj, ahk, ahl, ahm, ahn, aho, ahp, ahq, ahr, ahs, aht, ahu,
                ahv, ahw, ahx, ahy, ahz, aia, aib, aic, aid, aie, aif, aig, aih, aii, aij, aik, ail, aim, ain, aio,
                aip, aiq, air, ais, ait, aiu, aiv, aiw, aix, aiy, aiz, aja, ajb, ajc, ajd, aje, ajf, ajg, ajh, aji,
                ajj, ajk, ajl, ajm, ajn, ajo, ajp, ajq, ajr, ajs, ajt, aju, ajv, ajw, ajx, ajy, ajz, aka, akb, akc,
                akd, ake, akf, akg, akh, aki, akj, akk, akl, akm, akn, ako, akp, akq, akr, aks, akt, aku, akv, akw,
                akx, aky, akz, ala, alb, alc, ald, ale, alf, alg, alh, ali, alj, alk, all, alm, aln, alo, alp, alq,
                alr, als, alt, alu, alv, alw, alx, aly, alz, ama, amb, amc, amd, ame, amf, amg, amh, ami, amj, amk,
                aml, amm, amn, amo, amp, amq, amr, ams, amt, amu, amv, amw, amx, amy, amz, ana, anb, anc, and, ane,
                anf, ang, anh, ani, anj, ank, anl, anm, ann, ano, anp, anq, anr, ans, ant, anu, anv, anw, anx, any,
                anz, aoa, aob, aoc, aod, aoe, aof, aog, aoh, aoi, aoj, aok, aol, aom, aon, aoo, aop, aoq, aor, aos,
                aot, aou, aov, aow, aox, aoy, aoz, apa, apb, apc, apd, ape, apf, apg, aph, api, apj, apk, apl, apm,
                apn, apo, app, apq, apr, aps, apt, apu, apv, apw, apx, apy, apz, aqa, aqb, aqc, aqd, aqe, aqf, aqg,
                aqh, aqi, aqj, aqk, aql, aqm, aqn, aqo, aqp, aqq, aqr, aqs, aqt, aqu, aqv, aqw, aqx, aqy, aqz, ara,
                arb, arc, ard, are, arf, arg, arh, ari, arj, ark, arl, arm, arn, aro, arp, arq, arr, ars, art, aru,
                arv, arw, arx, ary, arz, asa, asb, asc, asd, ase, asf, asg, ash, asi, asj, ask, asl, asm, asn, aso,
                asp, asq, asr, ass, ast, asu, asv, asw, asx, asy, asz, ata, atb, atc, atd, ate, atf, atg, ath, ati,
                atj, atk, atl, atm, atn, ato, atp, atq, atr, ats, att, atu, atv, atw, atx, aty, atz, aua, aub, auc,
                aud, aue, auf, aug, auh, aui, auj, auk, aul, aum, aun, auo, aup, auq, aur, aus, aut, auu, auv, auw,
                aux, auy, auz, ava, avb, avc, avd, ave, avf, avg, avh, avi, avj, avk, avl, avm, avn, avo, avp, avq,
                avr, avs, avt, avu, avv, avw, avx, avy, avz, awa, awb, awc, awd, awe, awf, awg, awh, awi, awj, awk,
                awl, awm, awn, awo, awp, awq, awr, aws, awt, awu, awv, aww, awx, awy, awz, axa, axb, axc, axd, axe,
                axf, axg, axh, axi, axj, axk, axl, axm, axn, axo, axp, axq, axr, axs, axt, axu, axv, axw, axx, axy,
                axz, aya, ayb, ayc, ayd, aye, ayf, ayg, ayh, ayi, ayj, ayk, ayl, aym, ayn, ayo, ayp, ayq, ayr, ays,
                ayt, ayu, ayv, ayw, ayx, ayy, ayz, aza, azb, azc, azd, aze, azf, azg, azh, azi, azj, azk, azl, azm,
                azn, azo, azp, azq, azr, azs, azt, azu, azv, azw, azx, azy, azz, baa, bab, bac, bad, bae, baf, bag,
                bah, bai, baj, bak, bal, bam, ban, bao, bap, baq, bar, bas, bat, bau, bav, baw, bax, bay, baz, bba,
                bbb, bbc, bbd, bbe, bbf, bbg, bbh, bbi, bbj, bbk, bbl, bbm, bbn, bbo, bbp, bbq, bbr, bbs, bbt, bbu,
                bbv, bbw, bbx, bby, bbz, bca, bcb, bcc, bcd, bce, bcf, bcg, bch, bci, bcj, bck, bcl, bcm, bcn, bco,
                bcp, bcq, bcr, bcs, bct, bcu, bcv, bcw, bcx, bcy, bcz, bda, bdb, bdc, bdd, bde, bdf, bdg, bdh, bdi,
                bdj, bdk, bdl, bdm, bdn, bdo, bdp, bdq, bdr, bds, bdt, bdu, bdv, bdw, bdx, bdy, bdz, bea, beb, bec,
                bed, bee, bef, beg, beh, bei, bej, bek, bel, bem, ben, beo, bep, beq, ber, bes, bet, beu, bev, bew,
                bex, bey, bez, bfa, bfb, bfc, bfd, bfe, bff, bfg, bfh, bfi, bfj, bfk, bfl, bfm, bfn, bfo, bfp, bfq,
                bfr, bfs, bft, bfu, bfv, bfw, bfx, bfy, bfz, bga, bgb, bgc, bgd, bge, bgf, bgg, bgh, bgi, bgj, bgk,
                bgl, bgm, bgn, bgo, bgp, bgq, bgr, bgs, bgt, bgu, bgv, bgw, bgx, bgy, bgz, bha, bhb, bhc, bhd, bhe,
                bhf, bhg, bhh, bhi, bhj, bhk, bhl, bhm, bhn, bho, bhp, bhq, bhr, bhs, bht, bhu, bhv, bhw, bhx, bhy,
                bhz, bia, bib, bic, bid, bie, bif, big, bih, bii, bij, bik, bil, bim, bin, bio, bip, biq, bir, bis,
                bit, biu, biv, biw, bix, biy, biz, bja, bjb, bjc, bjd, bje, bjf, bjg, bjh, bji, bjj, bjk, bjl, bjm,
                bjn, bjo, bjp, bjq, bjr, bjs, bjt, bju, bjv, bjw, bjx, bjy, bjz, bka, bkb, bkc, bkd, bke, bkf, bkg,
                bkh, bki, bkj, bkk, bkl, bkm, bkn, bko, bkp, bkq, bkr, bks, bkt, bku, bkv, bkw, bkx, bky, bkz, bla,
                blb, blc, bld, ble, blf, blg, blh, bli, blj, blk, bll, blm, bln, blo, blp, blq, blr, bls, blt, blu,
                blv, blw, blx, bly, blz, bma, bmb, bmc, bmd, bme, bmf, bmg, bmh, bmi, bmj, bmk, bml, bmm, bmn, bmo,
                bmp, bmq, bmr, bms, bmt, bmu, bmv, bmw, bmx, bmy, bmz, bna, bnb, bnc, bnd, bne, bnf, bng, bnh, bni,
                bnj, bnk, bnl, bnm, bnn, bno, bnp, bnq, bnr, bns, bnt, bnu, bnv, bnw, bnx, bny, bnz, boa, bob, boc,
                bod, boe, bof, bog, boh, boi, boj, bok, bol, bom, bon, boo, bop, boq, bor, bos, bot, bou, bov, bow,
                box, boy, boz, bpa, bpb, bpc, bpd, bpe, bpf, bpg, bph, bpi, bpj, bpk, bpl, bpm, bpn, bpo, bpp, bpq,
                bpr, bps, bpt, bpu, bpv, bpw, bpx, bpy, bpz, bqa, bqb, bqc, bqd, bqe, bqf, bqg, bqh, bqi, bqj, bqk,
                bql, bqm, bqn, bqo, bqp, bqq, bqr, bqs, bqt, bqu, bqv, bqw, bqx, bqy, bqz, bra, brb, brc, brd, bre,
                brf, brg, brh, bri, brj, brk, brl, brm, brn, bro, brp, brq, brr, brs, brt, bru, brv, brw, brx, bry,
                brz, bsa, bsb, bsc, bsd, bse, bsf, bsg, bsh, bsi, bsj, bsk, bsl, bsm, bsn, bso, bsp, bsq, bsr, bss,
                bst, bsu, bsv, bsw, bsx, bsy, bsz, bta, btb, btc, btd, bte, btf, btg, bth, bti, btj, btk, btl, btm,
                btn, bto, btp, btq, btr, bts, btt, btu, btv, btw, btx, bty, btz, bua, bub, buc, bud, bue, buf, bug,
                buh, bui, buj, buk, bul, bum, bun, buo, bup, buq, bur, bus, but, buu, buv, buw, bux, buy, buz, bva,
                bvb, bvc, bvd, bve, bvf, bvg, bvh, bvi, bvj, bvk, bvl, bvm, bvn, bvo, bvp, bvq, bvr, bvs, bvt, bvu,
                bvv, bvw, bvx, bvy, bvz, bwa, bwb, bwc, bwd, bwe, bwf, bwg, bwh, bwi, bwj, bwk, bwl, bwm, bwn, bwo,
                bwp, bwq, bwr, bws, bwt, bwu, bwv, bww, bwx, bwy, bwz, bxa, bxb, bxc, bxd, bxe, bxf, bxg, bxh, bxi,
                bxj, bxk, bxl, bxm, bxn, bxo, bxp, bxq, bxr, bxs, bxt, bxu, bxv, bxw, bxx, bxy, bxz, bya, byb, byc,
                byd, bye, byf, byg, byh, byi, byj, byk, byl, bym, byn, byo, byp, byq, byr, bys, byt, byu, byv, byw,
                byx, byy, byz, bza, bzb, bzc, bzd, bze, bzf, bzg, bzh, bzi, bzj, bzk, bzl, bzm, bzn, bzo, bzp, bzq,
                bzr, bzs, bzt, bzu, bzv, bzw, bzx, bzy, bzz, caa, cab, cac, cad, cae, caf, cag, cah, cai, caj, cak,
                cal, cam, can, cao, cap, caq, car, cas, cat, cau, cav, caw, cax, cay, caz, cba, cbb, cbc, cbd, cbe,
                cbf, cbg, cbh, cbi, cbj, cbk, cbl, cbm, cbn, cbo, cbp, cbq, cbr, cbs, cbt, cbu, cbv, cbw, cbx, cby,
                cbz, cca, ccb, ccc, ccd, cce, ccf, ccg, cch, cci, ccj, cck, ccl, ccm, ccn, cco, ccp, ccq, ccr, ccs,
                cct, ccu, ccv, ccw, ccx, ccy, ccz, cda, cdb, cdc, cdd, cde, cdf, cdg, cdh, cdi, cdj, cdk, cdl, cdm,
                cdn, cdo, cdp, cdq, cdr, cds, cdt, cdu, cdv, cdw, cdx, cdy, cdz, cea, ceb, cec, ced, cee, cef, ceg,
                ceh, cei, cej, cek, cel, cem, cen, ceo, cep, ceq, cer, ces, cet, ceu, cev, cew, cex, cey, cez, cfa,
                cfb, cfc, cfd, cfe, cff, cfg, cfh, cfi, cfj, cfk, cfl, cfm, cfn, cfo, cfp, cfq, cfr, cfs, cft, cfu,
                cfv, cfw, cfx, cfy, cfz, cga, cgb, cgc, cgd, cge, cgf, cgg, cgh, cgi, cgj, cgk, cgl, cgm, cgn, cgo,
                cgp, cgq, cgr, cgs, cgt, cgu, cgv, cgw, cgx, cgy, cgz, cha, chb, chc, chd, che, chf, chg, chh, chi,
                chj, chk, chl, chm, chn, cho, chp, chq, chr, chs, cht, chu, chv, chw, chx, chy, chz, cia, cib, cic,
                cid, cie, cif, cig, cih, cii, cij, cik, cil, cim, cin, cio, cip, ciq, cir, cis, cit, ciu, civ, ciw,
                cix, ciy, ciz, cja, cjb, cjc, cjd, cje, cjf, cjg, cjh, cji, cjj, cjk, cjl, cjm, cjn, cjo, cjp, cjq,
                cjr, cjs, cjt, cju, cjv, cjw, cjx, cjy, cjz, cka, ckb, ckc, ckd, cke, ckf, ckg, ckh, cki, ckj, ckk,
                ckl, ckm, ckn, cko, ckp, ckq, ckr, cks, ckt, cku, ckv, ckw, ckx, cky, ckz, cla, clb, clc, cld, cle,
                clf, clg, clh, cli, clj, clk, cll, clm, cln, clo, clp, clq, clr, cls, clt, clu, clv, clw, clx, cly,
                clz, cma, cmb, cmc, cmd, cme, cmf, cmg, cmh, cmi, cmj, cmk, cml, cmm, cmn, cmo, cmp, cmq, cmr, cms,
                cmt, cmu, cmv, cmw, cmx, cmy, cmz, cna, cnb, cnc, cnd, cne, cnf, cng, cnh, cni, cnj, cnk, cnl, cnm,
                cnn, cno, cnp, cnq, cnr, cns, cnt, cnu, cnv, cnw, cnx, cny, cnz, coa, cob, coc, cod, coe, cof, cog,
                coh, coi, coj, cok, col, com, con, coo, cop, coq, cor, cos, cot, cou, cov, cow, cox, coy, coz, cpa,
                cpb, cpc, cpd, cpe, cpf, cpg, cph, cpi, cpj, cpk, cpl, cpm, cpn, cpo, cpp, cpq, cpr, cps, cpt, cpu,
                cpv, cpw, cpx, cpy, cpz, cqa, cqb, cqc, cqd, cqe, cqf, cqg, cqh, cqi, cqj, cqk, cql, cqm, cqn, cqo,
                cqp, cqq, cqr, cqs, cqt, cqu, cqv, cqw, cqx, cqy, cqz, cra, crb, crc, crd, cre, crf, crg, crh, cri,
                crj, crk, crl, crm, crn, cro, crp, crq, crr, crs, crt, cru, crv, crw, crx, cry, crz, csa, csb, csc,
                csd, cse, csf, csg;
        if (never) {
            ht = 0; hu = ht; hv = hu; hw = hv; hx = hw; hy = hx; hz = hy; ia = hz; ib = ia; ic = ib; id = ic; ie = id;
            ig = ie; ih = ig; ii = ih; ij = ii; ik = ij; il = ik; im = il; in = im; io = in; ip = io; iq = ip; ir = iq;
            is = ir; it = is; iu = it; iv = iu; iw = iv; ix = iw; iy = ix; iz = iy; ja = iz; jb = ja; jc = jb; jd = jc;
            je = jd; jf = je; jg = jf; jh = jg; ji = jh; jj = ji; jk = jj; jl = jk; jm = jl; jn = jm; jo = jn; jp = jo;
            jq = jp; jr = jq; js = jr; jt = js; ju = jt; jv = ju; jw = jv; jx = jw; jy = jx; jz = jy; ka = jz; kb = ka;
            kc = kb; kd = kc; ke = kd; kf = ke; kg = kf; kh = kg; ki = kh; kj = ki; kk = kj; kl = kk; km = kl; kn = km;
            ko = kn; kp = ko; kq = kp; kr = kq; ks = kr; kt = ks; ku = kt; kv = ku; kw = kv; kx = kw; ky = kx; kz = ky;
            la = kz; lb = la; lc = lb; ld = lc; le = ld; lf = le;
            unreachable(lf);
        }
    }

    private static void unreachable(long variable) {
        throw new AssertionError("the reserve is only asked for: " + variable);
    }
}
